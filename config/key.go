package config

import "strings"

// key is one setting: a row of the table.
type key struct {
	name      string // dotted, as in the file
	standard  string // the default, as somebody would write it; lists are comma-separated
	kind      kind
	meaning   string
	flag      string // name of the flag, without dashes; "" for none
	also      string // conventional variable that counts when ENLACE_… is not set; "" for none
	secret    bool
	list      bool
	emptyIsOK bool
}

// env returns the name of the key's variable.
func (k *key) env() string { return envPrefix + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_")) }

// allowed completes "write …".
func (k *key) allowed() string {
	switch {
	case k.list:
		return "a list of " + k.kind.allowed
	case k.emptyIsOK && !strings.Contains(k.kind.allowed, "nothing"):
		return k.kind.allowed + ", or nothing"
	}
	return k.kind.allowed
}

const envPrefix = "ENLACE_"

// keys is every setting there is. The order is that of the contract's table and of config.example.yaml.
var keys = [...]key{
	{name: "facts.dir", kind: directory, emptyIsOK: true, flag: "facts", meaning: "fact directory; empty = the embedded fact base"},
	{name: "facts.watch", standard: "true", kind: boolean, meaning: "reload when the files of facts.dir change"},
	{name: "language", standard: "auto", kind: oneOf("auto", "en", "es"), flag: "lang", meaning: "language of answers; auto = the question's"},
	{name: "model.base_url", standard: DefaultBaseURL, kind: webURL, also: "OPENAI_BASE_URL", meaning: "any OpenAI-compatible endpoint; without a key and with the default endpoint, answers quote the facts"},
	{name: "model.api_key", kind: token, emptyIsOK: true, secret: true, also: "OPENAI_API_KEY", meaning: "key of the endpoint"},
	{name: "model.name", standard: "gpt-4.1-mini", kind: line, meaning: "the model that words answers"},
	{name: "model.timeout", standard: "30s", kind: span, meaning: "longest wait for a whole draft"},
	{name: "model.first_token_timeout", standard: "10s", kind: span, meaning: "longest wait for the beginning of a draft"},
	{name: "model.max_concurrent", standard: "8", kind: whole(1, 1000), meaning: "drafts at the same time"},
	{name: "model.daily_token_budget", standard: "0", kind: whole(0, 1e15), meaning: "tokens a day, beyond which answers quote the facts; 0 = no limit"},
	{name: "model.embeddings", kind: line, emptyIsOK: true, meaning: "an embedding model's name turns hybrid retrieval on"},
	{name: "discord.token", kind: token, emptyIsOK: true, secret: true, also: "DISCORD_TOKEN", meaning: "bot token"},
	{name: "discord.api_base", standard: "https://discord.com", kind: webURL, meaning: "another base for tests and proxies"},
	{name: "discord.guilds", kind: snowflake, list: true, meaning: "guilds to register commands in; empty = globally"},
	{name: "discord.admins.users", kind: snowflake, list: true, meaning: "users who may use admin commands, besides members with Administrator"},
	{name: "discord.admins.roles", kind: snowflake, list: true, meaning: "roles that may use admin commands"},
	{name: "discord.channels.allow", kind: snowflake, list: true, meaning: "channels to speak in; empty = all but those denied"},
	{name: "discord.channels.deny", kind: snowflake, list: true, meaning: "channels to be silent in"},
	{name: "discord.channels.auto_answer", kind: snowflake, list: true, meaning: "channels to answer in without a mention (needs the privileged message content intent)"},
	{name: "discord.private_by_default", standard: "false", kind: boolean, meaning: "slash commands answer so that only the asker sees it"},
	{name: "discord.shards", standard: "auto", kind: either("auto", whole(1, 10000)), meaning: "gateway connections; auto = as Discord recommends"},
	{name: "discord.interactions.listen", kind: address, emptyIsOK: true, meaning: "address of the HTTP interactions endpoint; empty = off"},
	{name: "discord.interactions.public_key", kind: publicKey, emptyIsOK: true, meaning: "the application's public key, needed for the endpoint"},
	{name: "limits.user_per_minute", standard: "6", kind: whole(1, 100000), meaning: "questions a minute from one user"},
	{name: "limits.channel_per_minute", standard: "30", kind: whole(1, 100000), meaning: "questions a minute in one channel"},
	{name: "limits.question_chars", standard: "500", kind: whole(1, 4000), meaning: "longest question, in characters"},
	{name: "state.dir", standard: "~/.local/state/enlace", kind: path, meaning: "directory of the embedded state; where XDG_STATE_HOME is set, its enlace"},
	{name: "state.url", kind: natsURLs, emptyIsOK: true, secret: true, meaning: "a NATS cluster instead of the embedded engine"},
	{name: "state.credentials", kind: token, emptyIsOK: true, secret: true, meaning: "credentials for the cluster: a token, or the path of a .creds file"},
	{name: "state.replicas", standard: "1", kind: whole(1, 5), meaning: "copies of the state in the cluster"},
	{name: "http.listen", standard: "127.0.0.1:8080", kind: address, emptyIsOK: true, meaning: "address of /healthz, /readyz and /metrics; empty = off"},
	{name: "log.level", standard: "info", kind: oneOf("debug", "info", "warn", "error"), flag: "log-level", meaning: "least severity that is logged"},
	{name: "log.format", standard: "text", kind: oneOf("text", "json"), flag: "log-format", meaning: "form of log lines"},
}

// keyNamed returns the key with the dotted name, or nil.
func keyNamed(name string) *key {
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}
