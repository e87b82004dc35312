package literal

import "testing"

func TestDecimalIsExact(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"0", "0"}, {"0.0", "0"}, {"13500000", "13500000"}, {"60.82", "60.82"}, {"60.820", "60.82"}, {"0.05", "0.05"}, {"-3.10", "-3.1"},
		{"123456789012345678", "123456789012345678"}, {"007", "7"},
	} {
		d, ok := ParseDecimal(c.in)
		if !ok || d.String() != c.want {
			t.Errorf("ParseDecimal(%q) = %q, %v, want %q", c.in, d, ok, c.want)
		}
		if again, ok := ParseDecimal(d.String()); !ok || again != d {
			t.Errorf("%q does not read back as itself", d)
		}
	}
	for _, bad := range []string{"", ".", "1.", ".5", "1,5", "--1", "1e3", "99999999999999999999"} {
		if d, ok := ParseDecimal(bad); ok {
			t.Errorf("ParseDecimal(%q) = %v, want a refusal", bad, d)
		}
	}
}

func TestDecimalOrder(t *testing.T) {
	ordered := []string{"-1000000000000", "-2.5", "-2.49", "0", "0.0009", "0.001", "9.99", "10", "10.01", "1000000", "1000000000000"}
	for i, a := range ordered {
		for j, b := range ordered {
			x, _ := ParseDecimal(a)
			y, _ := ParseDecimal(b)
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := x.Cmp(y); got != want {
				t.Errorf("%s.Cmp(%s) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestDecimalSumsThatDoNotFitAreRefused(t *testing.T) {
	if _, ok := NewDecimal(9e18+1, 0).add(NewDecimal(9e18+1, 0)); ok {
		t.Error("twice 9e18+1 fits, want a refusal")
	}
	if _, ok := NewDecimal(1, 30).add(NewDecimal(1, 0)); ok {
		t.Error("1e30 + 1 fits, want a refusal")
	}
	if v, ok := NewDecimal(1, 6).add(NewDecimal(5, -1)); !ok || v.String() != "1000000.5" {
		t.Errorf("1e6 + 0.5 = %v, %v", v, ok)
	}
}
