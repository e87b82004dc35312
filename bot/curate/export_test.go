package curate

import "context"

// Prepared waits until a version is ready, and reports whether it is.
func (d *Desk) Prepared(ctx context.Context, version string) bool {
	index, err := d.prepared(ctx, version)
	return index != nil && err == nil
}
