package bot

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// footerRoom is what a page leaves for what stands under it.
const footerRoom = 200

// sheets packs blocks of lines into pages of at most room units each, a blank line between two blocks. A block that does not fit on a
// page alone is split between its lines, and a line that does not is cut. There is at least one page.
func sheets(blocks []string, room int) (pages []string) {
	page := ""
	for _, block := range blocks {
		if page != "" && length(page)+2+length(block) <= room {
			page += "\n\n" + block
			continue
		}
		if page != "" {
			pages, page = append(pages, page), ""
		}
		for line := range strings.SplitSeq(block, "\n") {
			for line != "" {
				head, rest := cut(line, room)
				if page != "" && length(page)+1+length(head) > room {
					pages, page = append(pages, page), ""
				}
				if page != "" {
					page += "\n"
				}
				page, line = page+head, rest
			}
		}
	}
	if page != "" || len(pages) == 0 {
		pages = append(pages, page)
	}
	return pages
}

// leaf reads the number of a page out of a custom id, which may say anything, and keeps it within the pages that there are.
func leaf(s string, pages int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return max(0, min(n, pages-1))
}

// turners are the buttons that turn the pages of a message; none where there is one page only. ids name a page in a custom id.
func turners(page, pages int, id func(page int) string) []discordgo.MessageComponent {
	if pages < 2 || length(id(pages)) > maxCustomID {
		return nil
	}
	return []discordgo.MessageComponent{
		discordgo.Button{Label: "◀", Style: discordgo.SecondaryButton, CustomID: id(page - 1), Disabled: page == 0},
		discordgo.Button{Label: "▶", Style: discordgo.SecondaryButton, CustomID: id(page + 1), Disabled: page == pages-1},
	}
}

// row is a row of buttons, and nothing for none.
func row(buttons []discordgo.MessageComponent) []discordgo.MessageComponent {
	if len(buttons) == 0 {
		return nil
	}
	return []discordgo.MessageComponent{discordgo.ActionsRow{Components: buttons}}
}

// numbered is the line that says which page this is, "" for an only one.
func numbered(page, pages int, l knowledge.Lang) string {
	if pages < 2 {
		return ""
	}
	return "\n-# " + fmt.Sprintf(wordPage.In(l), page+1, pages)
}

// shorten is text of at most n units, with a sign where something is missing.
func shorten(text string, n int) string {
	head, rest := cut(text, n)
	if rest == "" {
		return head
	}
	head, _ = cut(text, n-1)
	return head + "…"
}

// code is an id as it is to be typed.
func code(id string) string {
	return "`" + strings.Map(func(r rune) rune {
		if r == '`' || r < ' ' {
			return -1
		}
		return r
	}, id) + "`"
}
