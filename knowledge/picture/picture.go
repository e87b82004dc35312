package picture

import (
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// Layout is how a picture is arranged.
type Layout string

const (
	// Wide is for a channel: 550 by 350 units, the room that Discord's desktop client gives one image, so that nothing is
	// scaled down. Time runs from left to right, and the most telling facts are numbered and listed below.
	Wide Layout = "wide"
	// Tall is a page of 550 units across and as long as it needs to be. Time runs down, and more facts are told, in up to three
	// lines each.
	Tall Layout = "tall"
)

// Layouts lists every layout.
var Layouts = [...]Layout{Wide, Tall}

// Theme is the colouring of a picture.
type Theme string

// The themes, after Discord's own.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
)

// Themes lists every theme.
var Themes = [...]Theme{Light, Dark}

// Options are the choices of a picture. The zero value draws a wide, light, English one without sources, and with the topics'
// ids for titles.
type Options struct {
	Title  string          // "" = made from the topic
	Lang   knowledge.Lang  // "" = English
	Theme  Theme           // "" = Light
	Layout Layout          // "" = Wide
	AsOf   knowledge.Date  // when the facts were checked; absent = the latest check date of the facts drawn
	Base   *knowledge.Base // where topics, sources and check dates are looked up; may be nil
}

// Picture is a timeline that is laid out. It is immutable and safe for concurrent use.
type Picture struct {
	scene scene
	alt   altText
	lang  knowledge.Lang
}

// Width and Height of a picture in units, which are pixels at Discord's inline size; a PNG has twice as many.
func (p *Picture) Width() int  { return int(p.scene.w) }
func (p *Picture) Height() int { return int(p.scene.h) }

// Shown returns the facts that the picture tells in words, in its order. Those of the other events are marks only.
func (p *Picture) Shown() []knowledge.FactID { return slices.Clone(p.alt.shown) }

// Draw lays out a picture of events, which are in the order of answer.Timeline. Events without a date are left out; without
// any event the picture says so. Events and base are only read.
func Draw(events []answer.Event, o Options) *Picture {
	if o.Lang != knowledge.Spanish {
		o.Lang = knowledge.English
	}
	s := newStory(events, o)
	d := drawing{story: s, colors: light}
	if o.Theme == Dark {
		d.colors = dark
	}
	switch {
	case len(s.events) == 0:
		d.nothing()
	case o.Layout == Tall:
		d.tall()
	default:
		d.wide()
	}
	return &Picture{scene: d.scene, alt: s.alt(d.told), lang: o.Lang}
}
