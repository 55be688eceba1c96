package session

import (
	"context"
	"strconv"
)

// The keys under which settings are kept.
const (
	keyTheme        = "theme"
	keyTextScale    = "text_scale"
	keyWindowWidth  = "window_width"
	keyWindowHeight = "window_height"
	keyExportFolder = "export_folder"
	keyExportLook   = "export_look"
	keyPage         = "page"
	keyOpenCase     = "open_case"
	keyAmountsPer   = "amounts_per"
)

// The themes a person can choose.
const (
	ThemeSystem = "system"
	ThemeLight  = "light"
	ThemeDark   = "dark"
)

// What the amounts of routes can be shown for.
const (
	PerMonth = "month"
	PerDay   = "day"
	PerCall  = "call"
)

// The limits of the text size, in per cent.
const (
	MinTextScale = 100
	MaxTextScale = 200
)

// Settings are the person's choices that do not belong to a case.
type Settings struct {
	Theme        string // ThemeSystem, ThemeLight or ThemeDark
	TextScale    int    // per cent, MinTextScale to MaxTextScale
	WindowWidth  int    // in Fyne's units; 0 = not yet known
	WindowHeight int
	ExportFolder string
	ExportLook   string // how pictures were last exported, in the export dialog's words
	Page         string // last page
	OpenCase     string // id
	AmountsPer   string // what amounts of routes are shown for: PerMonth, PerDay or PerCall
}

// Settings returns the settings as they are now.
func (s *Session) Settings() Settings { return s.settings }

func (s *Session) loadSettings() {
	s.settings = Settings{Theme: ThemeSystem, TextScale: 100, AmountsPer: PerMonth}
	if s.deps.Store == nil {
		return
	}
	kept, err := s.deps.Store.Settings(context.Background())
	if err != nil {
		return // the defaults serve; the store's own trouble shows at the first save
	}
	if t := kept[keyTheme]; t == ThemeLight || t == ThemeDark {
		s.settings.Theme = t
	}
	s.settings.TextScale = min(max(number(kept[keyTextScale], 100), MinTextScale), MaxTextScale)
	s.settings.WindowWidth = number(kept[keyWindowWidth], 0)
	s.settings.WindowHeight = number(kept[keyWindowHeight], 0)
	s.settings.ExportFolder = kept[keyExportFolder]
	s.settings.ExportLook = kept[keyExportLook]
	s.settings.Page = kept[keyPage]
	s.settings.OpenCase = kept[keyOpenCase]
	if per := kept[keyAmountsPer]; per == PerDay || per == PerCall {
		s.settings.AmountsPer = per
	}
}

func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return otherwise
}

// SetTheme chooses ThemeSystem, ThemeLight or ThemeDark.
func (s *Session) SetTheme(theme string) {
	if theme == s.settings.Theme {
		return
	}
	s.settings.Theme = theme
	s.setSetting(keyTheme, theme)
	s.emit(Event{Kind: SettingsChanged})
}

// SetTextScale chooses the size of the text in per cent; what is outside the limits is taken to the nearest.
func (s *Session) SetTextScale(percent int) {
	percent = min(max(percent, MinTextScale), MaxTextScale)
	if percent == s.settings.TextScale {
		return
	}
	s.settings.TextScale = percent
	s.setSetting(keyTextScale, strconv.Itoa(percent))
	s.emit(Event{Kind: SettingsChanged})
}

// SetWindowSize remembers the window's size.
func (s *Session) SetWindowSize(width, height int) {
	if width == s.settings.WindowWidth && height == s.settings.WindowHeight {
		return
	}
	s.settings.WindowWidth, s.settings.WindowHeight = width, height
	s.setSetting(keyWindowWidth, strconv.Itoa(width))
	s.setSetting(keyWindowHeight, strconv.Itoa(height))
}

// SetExportFolder remembers where pictures were last put.
func (s *Session) SetExportFolder(folder string) {
	s.settings.ExportFolder = folder
	s.setSetting(keyExportFolder, folder)
}

// SetExportLook remembers how pictures were last exported.
func (s *Session) SetExportLook(look string) {
	if look == s.settings.ExportLook {
		return
	}
	s.settings.ExportLook = look
	s.setSetting(keyExportLook, look)
}

// SetAmountsPer chooses PerMonth, PerDay or PerCall; anything else is a month.
func (s *Session) SetAmountsPer(per string) {
	if per != PerDay && per != PerCall {
		per = PerMonth
	}
	if per == s.settings.AmountsPer {
		return
	}
	s.settings.AmountsPer = per
	s.setSetting(keyAmountsPer, per)
	s.emit(Event{Kind: SettingsChanged})
}

// SetPage remembers the page in view.
func (s *Session) SetPage(id string) {
	s.settings.Page = id
	s.setSetting(keyPage, id)
}

// setSetting keeps a setting where it differs from what is kept. A setting that cannot be kept costs little:
// the person is told once.
func (s *Session) setSetting(key, value string) {
	if key == keyOpenCase {
		if s.settings.OpenCase == value {
			return
		}
		s.settings.OpenCase = value
	}
	if s.deps.Store == nil {
		return
	}
	if err := s.deps.Store.SetSetting(context.Background(), key, value); err != nil {
		s.Notify(Notice{Text: "A setting could not be kept.", Err: err})
	}
}
