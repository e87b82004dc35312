package knowledge_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says what each package may import of this module and of others, and so that what. The standard library is free
// everywhere; tests may import more.
var layers = []struct {
	pkg    string
	may    []string
	sothat string
}{
	{"knowledge", nil, "the vocabulary never drags anything along"},
	{"knowledge/lang", []string{"knowledge", "golang.org/x/text/", "github.com/blevesearch/snowballstem"}, "words are words everywhere"},
	{"knowledge/literal", []string{"knowledge", "knowledge/lang"}, "one parser for dates and numbers serves lint, search and proof"},
	{"knowledge/wording", []string{"knowledge", "knowledge/lang"}, "the word lists are data with tests"},
	{"knowledge/thesaurus", []string{"knowledge", "knowledge/lang"}, "what words mean in everyday language is data"},
	{"knowledge/facts", []string{"knowledge", "knowledge/lang", "knowledge/literal", "knowledge/wording", "go.yaml.in/yaml/v3", "github.com/fsnotify/fsnotify", "golang.org/x/text/"}, "fact files are testable with fstest.MapFS"},
	{"knowledge/facts/data", nil, "the shipped facts are only data"},
	{"knowledge/search", []string{"knowledge", "knowledge/lang", "knowledge/literal", "knowledge/thesaurus"}, "ranking is a pure function, benchmarked alone"},
	{"knowledge/search/train", []string{"knowledge", "knowledge/lang", "knowledge/search"}, "weights are fitted outside the program that uses them"},
	{"knowledge/draft", []string{"knowledge"}, "a model is known by what it is asked and what it drafts"},
	{"knowledge/llm", []string{"knowledge", "knowledge/draft", "knowledge/lang", "github.com/sashabaranov/go-openai"}, "changing the provider touches one folder"},
	{"knowledge/llm/llmtest", []string{"knowledge", "knowledge/draft", "knowledge/lang"}, "the scripted model knows the wire, not the client"},
	{"knowledge/llm/llmtest/scripted", []string{"knowledge/llm/llmtest"}, "it only serves the script"},
	{"knowledge/answer", []string{"knowledge", "knowledge/lang", "knowledge/literal", "knowledge/wording", "knowledge/thesaurus", "knowledge/search", "knowledge/draft", "knowledge/verify", "golang.org/x/sync/singleflight"}, "answering needs no file, no network and no clock of its own"},
	{"knowledge/verify", []string{"knowledge", "knowledge/lang", "knowledge/literal", "knowledge/wording"}, "a proof is a pure function"},
	{"knowledge/verify/mutate", []string{"knowledge", "knowledge/lang", "knowledge/literal", "knowledge/wording"}, "lies are made from the facts and the word lists alone"},
	{"knowledge/eval", []string{"knowledge", "knowledge/lang", "go.yaml.in/yaml/v3"}, "scores do not depend on who answers"},
	{"knowledge/eval/report", []string{"knowledge", "knowledge/eval", "knowledge/verify", "knowledge/verify/mutate", "gonum.org/v1/plot"}, "a score is known without a picture of it"},
	{"knowledge/picture", []string{"knowledge", "knowledge/answer", "gonum.org/v1/plot"}, "a picture is a pure function of the events"},
	{"config", []string{"github.com/spf13/viper", "github.com/go-viper/mapstructure/v2", "go.yaml.in/yaml/v3"}, "nobody else knows where a value came from"},
	{"bot", []string{"bot/curate", "bot/gateway", "bot/state", "knowledge", "knowledge/answer", "knowledge/lang", "github.com/bwmarrin/discordgo"}, "Discord's rules live in one place"},
	{"bot/curate", []string{"bot/state", "knowledge", "knowledge/answer", "knowledge/eval", "knowledge/facts", "knowledge/search"}, "facts come into service in one way"},
	{"bot/gateway", []string{"github.com/bwmarrin/discordgo", "github.com/gorilla/websocket"}, "the connection knows nothing of questions"},
	{"bot/state", []string{"knowledge"}, "what the bot remembers does not depend on where it is kept"},
	{"bot/state/jetstream", []string{"bot/state", "github.com/nats-io/nats-server/v2", "github.com/nats-io/nats.go", "golang.org/x/sync/errgroup"}, "the engine can be another one"},
	{"bot/state/statetest", []string{"bot/state", "knowledge"}, "every engine keeps the same promises"},
	{"bot/state/clustertest", []string{"github.com/nats-io/nats-server/v2", "github.com/nats-io/nats.go"}, "a cluster for tests knows nothing of what it keeps"},
	{"bot/killtest", nil, "what is killed is the program as it is served"},
	{"bot/webhook", []string{"bot/gateway", "github.com/bwmarrin/discordgo"}, "what comes by HTTP is as good as what comes by the gateway, and knows nothing of questions"},
	{"bot/ops", []string{"knowledge"}, "an operator's view is apart from what it looks at"},
	{"bot/discordtest", []string{"github.com/gorilla/websocket", "github.com/santhosh-tekuri/jsonschema/v6"}, "the local Discord is of use to any bot"},
	{"bot/playground", []string{"bot/discordtest", "knowledge", "knowledge/answer", "knowledge/draft", "golang.org/x/text/"}, "the page is in front of any bot, and knows none"},
	{"bot/doctor", []string{"config", "knowledge", "knowledge/draft", "knowledge/facts", "knowledge/llm", "bot/gateway", "github.com/bwmarrin/discordgo"}, "a set-up can be looked at without a terminal and without the bot"},
	{"bot/cli", []string{"config", "knowledge", "knowledge/lang", "knowledge/facts", "knowledge/facts/data", "knowledge/search", "knowledge/answer", "knowledge/eval", "knowledge/eval/report", "knowledge/picture", "knowledge/llm", "knowledge/verify", "knowledge/search/train", "bot", "bot/curate", "bot/gateway", "bot/state", "bot/state/jetstream", "bot/ops", "bot/webhook", "bot/doctor", "bot/discordtest", "bot/playground", "github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/charmbracelet/lipgloss", "github.com/schollz/progressbar/v3", "golang.org/x/term"}, "the terminal is an edge like any other"},
	{".", []string{"bot/cli", "config"}, "main wires and exits"},
}

// only names who alone may import a library, tests included.
var only = map[string][]string{
	"github.com/spf13/viper":            {"config"},
	"github.com/sashabaranov/go-openai": {"knowledge/llm"},
	"go.yaml.in/yaml/v3":                {"knowledge/facts", "knowledge/eval", "config"},
	"github.com/fsnotify/fsnotify":      {"knowledge/facts"},
}

// TestImports holds every package to its row of layers.
func TestImports(t *testing.T) {
	known := map[string]bool{}
	for _, row := range layers {
		known[row.pkg] = true
	}
	for pkg, imports := range modulePackages(t) {
		if !known[pkg] {
			t.Errorf("package %s has no row in layers: say what it may import, and why", pkg)
			continue
		}
		row := layers[slices.IndexFunc(layers, func(r struct {
			pkg    string
			may    []string
			sothat string
		}) bool {
			return r.pkg == pkg
		})]
		for file, list := range imports {
			for _, imp := range list {
				owners := only[imp]
				if owners != nil && !slices.Contains(owners, pkg) {
					t.Errorf("%s imports %s, which belongs to %v alone", file, imp, owners)
				}
				if strings.HasSuffix(file, "_test.go") || allowed(row.may, imp) {
					continue
				}
				t.Errorf("%s imports %s; %s may import %v, so that %s", file, imp, pkg, row.may, row.sothat)
			}
		}
	}
}

func allowed(may []string, imp string) bool {
	for _, m := range may {
		if imp == m || strings.HasSuffix(m, "/") && strings.HasPrefix(imp, m) || strings.Contains(m, ".") && strings.HasPrefix(imp, m+"/") {
			return true
		}
	}
	return false
}

// modulePackages returns, per package folder, per file, what is imported from outside the standard library; imports of this
// module lose the module's name.
func modulePackages(t *testing.T) map[string]map[string][]string {
	t.Helper()
	root := ".."
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatalf("the module's root is not above this package: %v", err)
	}
	out := map[string]map[string][]string{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		file, err := parser.ParseFile(fset, p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		pkg := path.Dir(rel)
		if out[pkg] == nil {
			out[pkg] = map[string][]string{}
		}
		out[pkg][rel] = nil
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if own, ok := strings.CutPrefix(name, "enlace/"); ok {
				out[pkg][rel] = append(out[pkg][rel], own)
			} else if strings.Contains(strings.Split(name, "/")[0], ".") {
				out[pkg][rel] = append(out[pkg][rel], name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 5 {
		t.Fatalf("only %d packages found", len(out))
	}
	return out
}
