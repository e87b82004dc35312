package facts

import (
	"bytes"
	"testing"
	"testing/fstest"

	"enlace/knowledge/facts/data"
)

func TestABundleHoldsTheBase(t *testing.T) {
	want, err := Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := Bundle(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Bundle(data.FS)
	if err != nil || !bytes.Equal(bundle, again) {
		t.Errorf("the same files make other bytes (%v)", err)
	}
	fsys, err := OpenBundle(bundle)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got.Version != want.Version {
		t.Errorf("version %s, want %s", got.Version, want.Version)
	}
	next, err := Bundle(fsys)
	if err != nil || !bytes.Equal(bundle, next) {
		t.Errorf("a bundle of a bundle is another one (%v)", err)
	}
}

func TestABundleTakesFactFilesOnly(t *testing.T) {
	bundle, err := Bundle(fstest.MapFS{"a.yaml": {Data: []byte("facts: []")}, "secret.txt": {Data: []byte("no")}, ".b.yaml": {Data: []byte("no")}})
	if err != nil {
		t.Fatal(err)
	}
	fsys, err := OpenBundle(bundle)
	if err != nil {
		t.Fatal(err)
	}
	if s := take(fsys); len(s.files) != 1 || s.files[0].name != "a.yaml" {
		t.Errorf("files %v", s.files)
	}
	if _, err := fsys.Open("secret.txt"); err == nil {
		t.Error("another file is bundled")
	}
}

func TestADamagedBundleIsRefused(t *testing.T) {
	bundle, err := Bundle(fstest.MapFS{"a.yaml": {Data: []byte("facts: []")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenBundle(bundle[:len(bundle)/2]); err == nil {
		t.Error("half a bundle opens")
	}
	if _, err := Bundle(fstest.MapFS{}); err == nil {
		t.Error("nothing makes a bundle")
	}
}
