package webhook

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// The headers of Discord's signature; docs, interactions/overview.
const (
	signatureHeader = "X-Signature-Ed25519"
	timestampHeader = "X-Signature-Timestamp"
)

// maxDigits bounds a timestamp: seconds since 1970 have ten digits until the year 2286.
const maxDigits = 12

// ErrKey is what is wrong when the public key is.
var ErrKey = errors.New("discord.interactions.public_key is wrong")

// parseKey reads the application's public key.
func parseKey(digits string) (ed25519.PublicKey, error) {
	const where = "copy Public Key from https://discord.com/developers/applications, General Information"
	key, err := hex.DecodeString(digits)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("%w: it has %d characters and is not 64 hexadecimal digits (%s)", ErrKey, len(digits), where)
	}
	if weak(key) {
		return nil, fmt.Errorf("%w: it is a placeholder for which anybody can sign (%s)", ErrKey, where)
	}
	return key, nil
}

// weak reports whether a key is a point of small order, such as all zeros. A signature that needs no private key fits such a key for
// one message in eight or more; it fits no other key.
func weak(key ed25519.PublicKey) bool {
	nobodys := make([]byte, ed25519.SignatureSize)
	nobodys[0] = 1 // R = the neutral element, S = 0; RFC 8032, section 5.1.7
	for n := range 64 {
		if ed25519.Verify(key, []byte{byte(n)}, nobodys) {
			return true
		}
	}
	return false
}

// signature is what a request says about its origin.
type signature struct {
	value     [ed25519.SignatureSize]byte
	timestamp string // as it is signed; "" = none that can be one
	at        time.Time
	ok        bool // it has the form of one
}

// signed reads the signature of a request. One that has not exactly the form of Discord's is not ok, but can be checked all the same.
func signed(h http.Header) (s signature) {
	values, times := h.Values(signatureHeader), h.Values(timestampHeader)
	if len(times) == 1 && isDecimal(times[0]) {
		seconds, err := strconv.ParseInt(times[0], 10, 64)
		s.timestamp, s.at, s.ok = times[0], time.Unix(seconds, 0), err == nil
	}
	if len(values) != 1 || len(values[0]) != 2*ed25519.SignatureSize || !isLowerHex(values[0]) {
		s.ok = false
		return s
	}
	_, err := hex.Decode(s.value[:], []byte(values[0]))
	s.ok = s.ok && err == nil
	return s
}

func isDecimal(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != "" && len(s) <= maxDigits
}

// isLowerHex reports whether s is written as Discord writes signatures: there is one spelling of each.
func isLowerHex(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// verify checks a message, which is timestamp and body as they came. "" = it is Discord's, and new enough. It does the same work
// whatever is wrong.
func (s *Server) verify(sig signature, message []byte) Reason {
	right := ed25519.Verify(s.key, message, sig.value[:])
	age := s.now().Sub(sig.at)
	switch {
	case !sig.ok:
		return Unsigned
	case !right:
		return Forged
	case age > Age || age < -Age:
		return Stale
	}
	return ""
}
