package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"enlace/knowledge/answer"
	"enlace/knowledge/picture"
)

// pictures is what of a timeline is to be drawn, and where to.
type pictures struct {
	png, svg string // files; "" = not wanted, "-" = stdout
	theme    picture.Theme
	layout   picture.Layout
}

func (p pictures) wanted() bool { return p.png != "" || p.svg != "" }

func pictureFlags(cmd *cobra.Command) {
	cmd.Flags().String("png", "", "draw the events into this PNG `FILE`")
	cmd.Flags().String("svg", "", "draw the events into this SVG `FILE`")
	cmd.Flags().String("theme", string(picture.Light), "`THEME` of the picture: light or dark")
	cmd.Flags().String("layout", string(picture.Tall), "`LAYOUT` of the picture: tall or wide")
}

// readPictureFlags returns what is wanted, or what is wrong with it.
func readPictureFlags(cmd *cobra.Command) (pictures, error) {
	text := func(name string) string { return cmd.Flag(name).Value.String() }
	p := pictures{text("png"), text("svg"), picture.Theme(text("theme")), picture.Layout(text("layout"))}
	changed := cmd.Flags().Changed
	switch {
	case changed("png") && p.png == "", changed("svg") && p.svg == "":
		return p, misuse(cmd, "--png and --svg need a file (or - for stdout)")
	case !slices.Contains(picture.Themes[:], p.theme):
		return p, misuse(cmd, "--theme: there is no theme %q (use light or dark)", p.theme)
	case !slices.Contains(picture.Layouts[:], p.layout):
		return p, misuse(cmd, "--layout: there is no layout %q (use tall or wide)", p.layout)
	case p.png == "-" && p.svg == "-":
		return p, misuse(cmd, "only one picture can go to stdout (name a file for --png or --svg)")
	case !p.wanted() && (changed("theme") || changed("layout")):
		return p, misuse(cmd, "--theme and --layout are of a picture (add --png FILE or --svg FILE)")
	case p.wanted() && given(cmd, "json"):
		return p, misuse(cmd, "--json is not for pictures (leave it out, or --png and --svg)")
	case p.png != "" && p.png != "-" && filepath.Clean(p.png) == filepath.Clean(p.svg):
		return p, misuse(cmd, "--png and --svg name the same file (name two)")
	}
	return p, nil
}

// draw writes the pictures that are wanted and says so on stderr.
func (a *app) draw(events []answer.Event, p pictures, o picture.Options) error {
	o.Theme, o.Layout = p.theme, p.layout
	drawn := picture.Draw(events, o)
	if p.png != "" {
		img, err := drawn.PNG()
		if err != nil {
			return err
		}
		if err := a.writeFile(p.png, img); err != nil {
			return err
		}
	}
	if p.svg != "" {
		return a.writeFile(p.svg, drawn.SVG())
	}
	return nil
}

// writeFile writes a result to a file, or to stdout for "-", and says so on stderr. The file is complete or as it was.
func (a *app) writeFile(name string, content []byte) error {
	if name == "-" {
		_, err := a.out.Write(content)
		return err
	}
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.Dir, path)
	}
	if err := replaceFile(path, content); err != nil {
		return fmt.Errorf("writing %s: %w (choose another file)", name, bare(err))
	}
	fmt.Fprintf(a.Stderr, "enlace: wrote %s (%d kB)\n", clean(name), (len(content)+999)/1000)
	return nil
}

// bare is an error of the file system without its path, which may be that of a temporary file.
func bare(err error) error {
	if p := (*os.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	if l := (*os.LinkError)(nil); errors.As(err, &l) {
		return l.Err
	}
	return err
}

// replaceFile writes a file beside its place and moves it there. What is there and no regular file, such as a device, is
// written to as it is.
func replaceFile(path string, content []byte) (err error) {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return os.WriteFile(path, content, 0o644)
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".enlace-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the first error counts
		}
	}()
	_, err = f.Write(content)
	if err == nil {
		err = f.Chmod(mode)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
