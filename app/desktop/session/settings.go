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
	keyRegion       = "region"
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

// The ways to write numbers and days that a person can choose; the system's own is RegionSystem.
const (
	RegionSystem     = ""
	RegionPoint      = "point"       // 1,234.5 and 23 Nov 2026
	RegionMonthFirst = "month-first" // 1,234.5 and Nov 23, 2026
	RegionComma      = "comma"       // 1.234,5 and 23 Nov 2026
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
	Region       string // how numbers and days are written: RegionSystem, RegionPoint, RegionMonthFirst or RegionComma
}

// The choices as they are before anybody made one.
const (
	defaultTheme = ThemeSystem
	defaultScale = MinTextScale
	defaultPer   = PerMonth
)

// Settings returns the settings as they are now.
func (s *Session) Settings() Settings { return s.settings }

func (s *Session) loadSettings() {
	s.settings = Settings{Theme: defaultTheme, TextScale: defaultScale, AmountsPer: defaultPer}
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
	s.settings.TextScale = min(max(number(kept[keyTextScale], defaultScale), MinTextScale), MaxTextScale)
	s.settings.WindowWidth = number(kept[keyWindowWidth], 0)
	s.settings.WindowHeight = number(kept[keyWindowHeight], 0)
	s.settings.ExportFolder = kept[keyExportFolder]
	s.settings.ExportLook = kept[keyExportLook]
	s.settings.Page = kept[keyPage]
	s.settings.OpenCase = kept[keyOpenCase]
	if per := kept[keyAmountsPer]; per == PerDay || per == PerCall {
		s.settings.AmountsPer = per
	}
	if isRegion(kept[keyRegion]) {
		s.settings.Region = kept[keyRegion]
	}
}

func isRegion(id string) bool {
	return id == RegionSystem || id == RegionPoint || id == RegionMonthFirst || id == RegionComma
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

// SetRegion chooses how numbers and days are written; what is none of the regions is the system's. Everything that was
// written is to be written anew, so the scenario and its assessment are announced too.
func (s *Session) SetRegion(id string) {
	if !isRegion(id) {
		id = RegionSystem
	}
	if id == s.settings.Region {
		return
	}
	s.settings.Region = id
	s.setSetting(keyRegion, id)
	s.emit(Event{Kind: SettingsChanged})
	s.emit(Event{Kind: ScenarioChanged})
	s.emit(Event{Kind: AssessmentChanged})
}

// AtDefaults reports whether every choice of the settings page is as it was before anybody made one.
func (s *Session) AtDefaults() bool {
	x := s.settings
	return x.Theme == defaultTheme && x.TextScale == defaultScale && x.AmountsPer == defaultPer && x.Region == RegionSystem
}

// ResetSettings puts every choice of the settings page back, and returns the way to what they were.
func (s *Session) ResetSettings() (undo func()) {
	was := s.settings
	choose := func(x Settings) {
		s.SetTheme(x.Theme)
		s.SetTextScale(x.TextScale)
		s.SetAmountsPer(x.AmountsPer)
		s.SetRegion(x.Region)
	}
	choose(Settings{Theme: defaultTheme, TextScale: defaultScale, AmountsPer: defaultPer})
	return func() { choose(was) }
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
