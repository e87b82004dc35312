package playground

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"enlace/knowledge"
)

var usedWords = regexp.MustCompile(`(?:\bt|\bwords|\.T)\(?[ (]['"]([a-z_]+)['"]`)

func TestEveryWordOfThePageIsInBothLanguages(t *testing.T) {
	for key, text := range words {
		if text.EN == "" || text.ES == "" {
			t.Errorf("%s: %+v", key, text)
		}
		if strings.Count(text.EN, "%s") != strings.Count(text.ES, "%s") {
			t.Errorf("%s is filled in differently: %+v", key, text)
		}
	}
	files, err := fs.Glob(assets, "assets/*")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range files {
		if ext := path.Ext(f); ext != ".js" && ext != ".html" {
			continue
		}
		data, err := assets.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range usedWords.FindAllStringSubmatch(string(data), -1) {
			found++
			if _, ok := words[m[1]]; !ok && !strings.HasSuffix(m[1], "_") {
				t.Errorf("%s uses %q, which there is no word for", f, m[1])
			}
		}
	}
	if found < 80 {
		t.Errorf("only %d uses of words are found", found)
	}
}

func TestTheInspectorHasWordsForOutcomesChecksAndStatuses(t *testing.T) {
	var want []string
	for _, o := range knowledge.Outcomes {
		want = append(want, "outcome_"+string(o))
	}
	for _, s := range knowledge.Statuses {
		want = append(want, "status_"+string(s))
	}
	source, err := os.ReadFile("../../knowledge/verify/check.go")
	if err != nil {
		t.Fatal(err)
	}
	checks := regexp.MustCompile(`Check += "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(checks) < 20 {
		t.Fatalf("only %d checks are found", len(checks))
	}
	for _, c := range checks {
		want = append(want, "check_"+c[1])
	}
	for _, key := range want {
		if _, ok := words[key]; !ok {
			t.Errorf("there is no word for %s", key)
		}
	}
}
