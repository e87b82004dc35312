package gateway

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
)

// Websocket opcodes (RFC 6455, section 5.2).
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	firstControl   = 0x8
)

const (
	// maxMessage bounds one message from Discord. READY of a bot in thousands of guilds is the largest.
	maxMessage = 32 << 20
	// maxSent bounds one message to Discord: 4096 bytes (Discord docs, events/gateway) and room for the frame.
	maxSent = 8 << 10
	// maxControl is what RFC 6455 allows in a control frame.
	maxControl = 125
)

var (
	errTooLarge  = errors.New("message is larger than allowed")
	errBadFrame  = errors.New("malformed websocket frame")
	errTruncated = errors.New("incomplete frame")
)

// frame is one websocket frame, unmasked.
type frame struct {
	final   bool
	op      byte
	payload []byte
}

func (f frame) control() bool { return f.op >= firstControl }

// readFrame reads a frame from a server: never masked, no extension bits.
func readFrame(r *bufio.Reader) (frame, error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return frame{}, err
	}
	f := frame{final: head[0]&0x80 != 0, op: head[0] & 0x0f}
	if head[0]&0x70 != 0 || head[1]&0x80 != 0 {
		return frame{}, errBadFrame
	}
	size, err := readSize(r, head[1]&0x7f)
	if err != nil {
		return frame{}, err
	}
	switch {
	case f.control() && (size > maxControl || !f.final):
		return frame{}, errBadFrame
	case size > maxMessage:
		return frame{}, errTooLarge
	}
	f.payload, err = readPayload(r, size)
	return f, err
}

func readSize(r io.Reader, short byte) (uint64, error) {
	var b [8]byte
	switch short {
	case 126:
		_, err := io.ReadFull(r, b[6:])
		return binary.BigEndian.Uint64(b[:]), err
	case 127:
		_, err := io.ReadFull(r, b[:])
		return binary.BigEndian.Uint64(b[:]), err
	}
	return uint64(short), nil
}

// readPayload does not trust size with memory: what is large grows as it arrives.
func readPayload(r io.Reader, size uint64) ([]byte, error) {
	if size <= 64<<10 {
		p := make([]byte, size)
		_, err := io.ReadFull(r, p)
		return p, err
	}
	var buf bytes.Buffer
	n, err := io.Copy(&buf, io.LimitReader(r, int64(size)))
	if err == nil && uint64(n) < size {
		err = io.ErrUnexpectedEOF
	}
	return buf.Bytes(), err
}

// parseSent parses the first frame of what a client wrote, masked, and returns its length in b.
// It returns errTruncated while the frame is not complete.
func parseSent(b []byte) (frame, int, error) {
	if len(b) < 2 {
		return frame{}, 0, errTruncated
	}
	f := frame{final: b[0]&0x80 != 0, op: b[0] & 0x0f}
	if b[1]&0x80 == 0 {
		return frame{}, 0, errBadFrame
	}
	size, at := int(b[1]&0x7f), 2
	switch size {
	case 126:
		if len(b) < 4 {
			return frame{}, 0, errTruncated
		}
		size, at = int(binary.BigEndian.Uint16(b[2:])), 4
	case 127:
		return frame{}, 0, errTooLarge
	}
	if size > maxSent {
		return frame{}, 0, errTooLarge
	}
	end := at + 4 + size
	if len(b) < end {
		return frame{}, 0, errTruncated
	}
	key := b[at : at+4]
	f.payload = make([]byte, size)
	for i := range f.payload {
		f.payload[i] = b[at+4+i] ^ key[i%4]
	}
	return f, end, nil
}

// appendReceived appends a frame as a server sends it.
func appendReceived(dst []byte, f frame) []byte {
	return append(appendHead(dst, f, 0), f.payload...)
}

// appendSent appends a frame as a client must send it: masked.
func appendSent(dst []byte, f frame) []byte {
	dst = appendHead(dst, f, 0x80)
	var key [4]byte
	binary.LittleEndian.PutUint32(key[:], rand.Uint32())
	dst = append(dst, key[:]...)
	for i, c := range f.payload {
		dst = append(dst, c^key[i%4])
	}
	return dst
}

func appendHead(dst []byte, f frame, mask byte) []byte {
	first := f.op
	if f.final {
		first |= 0x80
	}
	dst = append(dst, first)
	switch n := len(f.payload); {
	case n < 126:
		return append(dst, mask|byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(dst, mask|126), uint16(n))
	default:
		return binary.BigEndian.AppendUint64(append(dst, mask|127), uint64(n))
	}
}

// closeCode reads the code and the reason of a close frame; 1005 where there is none.
func closeCode(payload []byte) (int, string) {
	if len(payload) < 2 {
		return 1005, ""
	}
	return int(binary.BigEndian.Uint16(payload)), string(payload[2:])
}

func closeFrame(code int) frame {
	return frame{final: true, op: opClose, payload: binary.BigEndian.AppendUint16(nil, uint16(code))}
}
