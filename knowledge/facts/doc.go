// Package facts reads, checks and watches the fact files that a curator edits, and compares two versions of a base.
//
// A fact base is the *.yaml and *.yml files of one directory. [Load] turns them into a [knowledge.Base] or says everything that is
// wrong with them; [Check] adds what a careful editor would notice; [Watch] follows a directory while it is edited. One table
// (shape.go) drives both the loader and the [Schema] that editors use.
//
// Only the top level of the directory is read. Names that begin with a dot are not fact files: editors leave such files behind, and
// a Kubernetes ConfigMap keeps its versions in ..data and its siblings. A symbolic link is followed as long as it stays inside the
// directory. YAML anchors, aliases, merge keys, tags and several documents in one file are refused: every fact says in its own place
// what it says, and no file can unfold into more than it is.
package facts
