package literal

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number: mantissa × 10^exponent. The zero value is 0.
// Values made by this package are normalised (the mantissa does not end in a zero), so equal numbers are == to each other.
type Decimal struct {
	mant int64
	exp  int16
}

// NewDecimal returns mant × 10^exp, normalised. exp is meant to lie within ±1000.
func NewDecimal(mant int64, exp int) Decimal {
	if mant == 0 {
		return Decimal{}
	}
	for mant%10 == 0 {
		mant /= 10
		exp++
	}
	return Decimal{mant: mant, exp: int16(exp)}
}

// ParseDecimal reads plain digits with at most one point ("1234.5"), which is what String writes; a leading "-" is allowed.
// The result is false for other text and where the digits do not fit into 18 places.
func ParseDecimal(s string) (Decimal, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if whole == "" || point && frac == "" {
		return Decimal{}, false
	}
	d, ok := decimalOf(whole, frac)
	if ok && negative {
		d.mant = -d.mant
	}
	return d, ok
}

// decimalOf reads the digits before and after the decimal sign.
func decimalOf(whole, frac string) (Decimal, bool) {
	var m int64
	for _, part := range [...]string{whole, frac} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' || m > (math.MaxInt64-9)/10 {
				return Decimal{}, false
			}
			m = m*10 + int64(c-'0')
		}
	}
	if len(frac) > 18 {
		return Decimal{}, false
	}
	return NewDecimal(m, -len(frac)), true
}

// Int64 returns the number when it is whole and fits.
func (d Decimal) Int64() (int64, bool) {
	if d.exp < 0 {
		return 0, false
	}
	m := d.mant
	for range d.exp {
		if m > math.MaxInt64/10 || m < math.MinInt64/10 {
			return 0, false
		}
		m *= 10
	}
	return m, true
}

// Float64 returns the nearest float, for scores and drawings; never compare with it.
func (d Decimal) Float64() float64 { return float64(d.mant) * math.Pow10(int(d.exp)) }

// IsZero reports whether the number is 0.
func (d Decimal) IsZero() bool { return d.mant == 0 }

// Sign returns -1, 0 or 1.
func (d Decimal) Sign() int { return cmp.Compare(d.mant, 0) }

// Cmp orders numbers: -1 when d is less than o, 0 when they are equal, 1 otherwise. It is exact.
func (d Decimal) Cmp(o Decimal) int {
	if d == o || d.Sign() != o.Sign() || d.mant == 0 {
		return cmp.Compare(d.Sign(), o.Sign())
	}
	if a, b := d.magnitude(), o.magnitude(); a != b {
		return d.Sign() * cmp.Compare(a, b)
	}
	a, b := d.digits(), o.digits() // the same place of the first digit, so the digits decide as text
	return d.Sign() * strings.Compare(a, b)
}

func (d Decimal) digits() string { return strings.TrimPrefix(strconv.FormatInt(d.mant, 10), "-") }

// magnitude is the place of the first digit: 1 for 1…9, 2 for 10…99, 0 for 0.1….
func (d Decimal) magnitude() int { return len(d.digits()) + int(d.exp) }

// shift multiplies by 10^n.
func (d Decimal) shift(n int) Decimal {
	if d.mant == 0 {
		return d
	}
	d.exp += int16(n)
	return d
}

// add returns the sum, or false when it needs more than 18 digits.
func (d Decimal) add(o Decimal) (Decimal, bool) {
	if d.mant == 0 || o.mant == 0 {
		return Decimal{mant: d.mant + o.mant, exp: d.exp + o.exp}, true
	}
	if d.exp > o.exp {
		d, o = o, d
	}
	m := o.mant
	for range o.exp - d.exp {
		if m > math.MaxInt64/20 || m < math.MinInt64/20 {
			return Decimal{}, false
		}
		m *= 10
	}
	if d.mant > math.MaxInt64/2 || d.mant < math.MinInt64/2 {
		return Decimal{}, false
	}
	return NewDecimal(m+d.mant, int(d.exp)), true
}

// times returns the product with a small positive factor, or false when it does not fit.
func (d Decimal) times(n int64) (Decimal, bool) {
	if d.mant > math.MaxInt64/n || d.mant < math.MinInt64/n {
		return Decimal{}, false
	}
	return NewDecimal(d.mant*n, int(d.exp)), true
}

// String writes plain digits with a point: "13500000", "60.82", "-3".
func (d Decimal) String() string {
	sign, s := "", d.digits()
	if d.mant < 0 {
		sign = "-"
	}
	switch e := int(d.exp); {
	case e >= 0:
		s += strings.Repeat("0", e)
	case -e < len(s):
		s = s[:len(s)+e] + "." + s[len(s)+e:]
	default:
		s = "0." + strings.Repeat("0", -e-len(s)) + s
	}
	return sign + s
}
