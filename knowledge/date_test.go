package knowledge

import "testing"

func TestParseDate(t *testing.T) {
	for _, good := range []string{"2025", "2025-07", "2025-07-31", "2024-02-29", "1872-06-28"} {
		d, err := ParseDate(good)
		if err != nil || d.String() != good {
			t.Errorf("ParseDate(%q) = %v, %v", good, d, err)
		}
	}
	for _, bad := range []string{"", "25", "0999", "2025-7", "2025-13", "2025-00", "2025-02-29", "2025-07-32", "2025/07/31", "2025-07-31T00", "２０２５", "20a5", "2025-07_31"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", bad, d)
		}
	}
}

func TestDateOrderAndContainment(t *testing.T) {
	date := func(s string) Date {
		d, err := ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	ordered := []string{"2024", "2024-12", "2024-12-31", "2025", "2025-07", "2025-07-01", "2025-07-31"}
	for i := range ordered {
		for j := range ordered {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := date(ordered[i]).Compare(date(ordered[j])); got != want {
				t.Errorf("Compare(%s, %s) = %d, want %d", ordered[i], ordered[j], got, want)
			}
		}
	}
	if !date("2025-07").Contains(date("2025-07-31")) || date("2025-07-31").Contains(date("2025-07")) || date("2025-06").Contains(date("2025-07-31")) {
		t.Error("Contains: a month holds its days, and nothing else")
	}
	if f, l := date("2024-02").First(), date("2024-02").Last(); f.Day() != 1 || l.Day() != 29 {
		t.Errorf("February 2024 runs from %v to %v", f, l)
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2025-07-31")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q reads back as %q", s, d)
		}
	})
}
