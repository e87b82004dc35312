package discordtest

import (
	"net/http"
	"slices"
	"time"
)

var unknownCommand = fail(http.StatusNotFound, 10063, "Unknown application command")

// scope is the guild of a command route, "" for the global ones.
func (c *call) scope() (string, reply) {
	if c.params["application_id"] != applicationID {
		return "", fail(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	id, guildRoute := c.params["guild_id"]
	if guildRoute && c.d.guildByID(id) == nil {
		return "", missingAccess
	}
	if c.d.commands.lists == nil {
		c.d.commands = commandBook{lists: map[string][]*Command{}, created: map[string][]time.Time{}}
	}
	return id, reply{}
}

func (c *call) listCommands() reply {
	scope, rep := c.scope()
	if rep.status != 0 {
		return rep
	}
	list := []object{}
	for _, cmd := range c.d.commands.lists[scope] {
		list = append(list, cmd.json(c.query.Get("with_localizations") == "true"))
	}
	return ok(list)
}

// json is the command with its dictionaries, or without them.
func (cmd *Command) json(localized bool) object {
	o := object{}
	if err := retype(cmd, &o); err != nil {
		panic("discordtest: " + err.Error())
	}
	if !localized {
		stripLocales(o)
	}
	return o
}

func stripLocales(v any) {
	switch v := v.(type) {
	case object:
		delete(v, "name_localizations")
		delete(v, "description_localizations")
		for _, child := range v {
			stripLocales(child)
		}
	case []any:
		for _, child := range v {
			stripLocales(child)
		}
	}
}

// overwriteCommands replaces the whole list; commands that had the same name and type keep their id and are no new ones.
func (c *call) overwriteCommands() reply {
	scope, rep := c.scope()
	if rep.status != 0 {
		return rep
	}
	items, isList := c.body.([]any)
	if !isList {
		return invalidForm("_", "BASE_TYPE_BAD_TYPE", "This field must be a list")
	}
	var f formErrors
	var next []*Command
	for n, item := range items {
		cmd, rep := c.readCommand(item, scope)
		if rep.status != 0 {
			return rep
		}
		cmd.check(&f, itoa(n)+".")
		if slices.ContainsFunc(next, cmd.same) {
			f.add(itoa(n)+".name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		next = append(next, cmd)
	}
	if rep := checkCounts(&f, next); rep.status != 0 {
		return rep
	}
	if rep := c.d.register(scope, next); rep.status != 0 {
		return rep
	}
	out := []object{}
	for _, cmd := range next {
		out = append(out, cmd.json(true))
	}
	return ok(out)
}

func (c *call) readCommand(item any, scope string) (*Command, reply) {
	cmd := &Command{}
	if o, isObject := item.(object); isObject {
		if n, given := number(o["default_member_permissions"]); given { // the description says number, the documentation string
			item = merge(merge(object{}, o), object{"default_member_permissions": itoa(n)})
		}
	}
	if err := retype(item, cmd); err != nil {
		return nil, typeError(err)
	}
	set(&cmd.Type, CommandSlash)
	cmd.ID, cmd.ApplicationID, cmd.GuildID = "", applicationID, scope
	return cmd, reply{}
}

func (cmd *Command) same(other *Command) bool {
	return cmd.Name == other.Name && cmd.Type == other.Type
}

func checkCounts(f *formErrors, list []*Command) reply {
	counts := map[int]int{}
	for _, cmd := range list {
		counts[cmd.Type]++
	}
	for kind, n := range counts {
		if most := maxPerType[kind]; most > 0 && n > most {
			return fail(http.StatusBadRequest, 30032, "Maximum number of application commands reached ("+itoa(most)+")")
		}
	}
	if f.bad() {
		return f.reply()
	}
	return reply{}
}

// register replaces a scope's list, counts what is new and gives ids.
func (d *Discord) register(scope string, next []*Command) reply {
	now := d.opts.Clock.Now()
	book := &d.commands
	book.created[scope] = slices.DeleteFunc(book.created[scope], func(t time.Time) bool { return now.Sub(t) >= 24*time.Hour })
	var fresh []*Command
	for _, cmd := range next {
		at := slices.IndexFunc(book.lists[scope], cmd.same)
		if at < 0 {
			fresh = append(fresh, cmd)
		} else {
			cmd.ID = book.lists[scope][at].ID
		}
	}
	if len(book.created[scope])+len(fresh) > createsPerDay {
		return fail(http.StatusBadRequest, 30034, "Max number of daily application command creates has been reached (200)")
	}
	for _, cmd := range fresh {
		cmd.ID = d.newID()
		book.created[scope] = append(book.created[scope], now)
	}
	for _, cmd := range next {
		cmd.Version = d.newID()
		cmd.defaults()
	}
	book.lists[scope] = next
	d.changed.fire()
	d.emit(Event{Kind: EventCommands})
	return reply{}
}

// defaults fills what Discord fills.
func (cmd *Command) defaults() {
	if cmd.IntegrationTypes == nil {
		cmd.IntegrationTypes = []int{0}
	}
	if cmd.GuildID == "" && cmd.Contexts == nil && cmd.DMPermission != nil && !*cmd.DMPermission {
		cmd.Contexts = []int{0}
	}
}

func (c *call) createCommand() reply {
	scope, rep := c.scope()
	if rep.status != 0 {
		return rep
	}
	cmd, rep := c.readCommand(c.body, scope)
	if rep.status != 0 {
		return rep
	}
	var f formErrors
	cmd.check(&f, "")
	old := c.d.commands.lists[scope]
	existed := slices.ContainsFunc(old, cmd.same)
	next := append(slices.DeleteFunc(slices.Clone(old), cmd.same), cmd)
	if rep := checkCounts(&f, next); rep.status != 0 {
		return rep
	}
	if rep := c.d.register(scope, next); rep.status != 0 {
		return rep
	}
	status := http.StatusCreated
	if existed {
		status = http.StatusOK
	}
	return reply{status: status, body: cmd.json(true)}
}

// command finds the command of the path.
func (c *call) command() (scope string, at int, rep reply) {
	scope, rep = c.scope()
	if rep.status != 0 {
		return "", -1, rep
	}
	at = slices.IndexFunc(c.d.commands.lists[scope], func(cmd *Command) bool { return cmd.ID == c.params["command_id"] })
	if at < 0 {
		return "", -1, unknownCommand
	}
	return scope, at, reply{}
}

func (c *call) getCommand() reply {
	scope, at, rep := c.command()
	if rep.status != 0 {
		return rep
	}
	return ok(c.d.commands.lists[scope][at].json(true))
}

func (c *call) editCommand() reply {
	scope, at, rep := c.command()
	if rep.status != 0 {
		return rep
	}
	old := c.d.commands.lists[scope][at]
	cmd, rep := c.readCommand(merge(old.json(true), c.obj), scope)
	if rep.status != 0 {
		return rep
	}
	cmd.ID, cmd.Type, cmd.Version = old.ID, old.Type, c.d.newID()
	var f formErrors
	cmd.check(&f, "")
	if f.bad() {
		return f.reply()
	}
	c.d.commands.lists[scope] = slices.Clone(c.d.commands.lists[scope])
	c.d.commands.lists[scope][at] = cmd
	c.d.changed.fire()
	c.d.emit(Event{Kind: EventCommands})
	return ok(cmd.json(true))
}

func (c *call) deleteCommand() reply {
	scope, at, rep := c.command()
	if rep.status != 0 {
		return rep
	}
	c.d.commands.lists[scope] = slices.Delete(slices.Clone(c.d.commands.lists[scope]), at, at+1)
	c.d.changed.fire()
	c.d.emit(Event{Kind: EventCommands})
	return noContent()
}
