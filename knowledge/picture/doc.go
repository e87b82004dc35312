// Package picture draws a timeline as a picture: to scale, with breaks where nothing happened, a lane for each topic, a mark
// for every fact and the most telling facts in words.
//
// [Draw] lays a picture out once, as a scene of paths and texts in pixels; PNG and SVG write that scene, and the alt text tells
// it. Nothing depends on the clock, the machine or its fonts, so equal input gives equal bytes. The texts of facts are not
// trusted: whatever the font cannot show plainly becomes a box.
//
// The font is Liberation Sans (SIL Open Font License 1.1), which package gonum.org/v1/plot brings along. SVG names it and the
// fonts of equal metrics, and pins the width of every text.
package picture
