package export

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/internal/intact"
)

// SaveFigure asks where to put a figure and writes it as a deck picture, PNG or SVG by the name's ending. suffix ends
// the name that is offered, such as the figure's id. The folder is remembered.
func SaveFigure(s *session.Session, shell *ui.Shell, suffix string, fig figure.Figure) {
	SaveFile(s, shell, suffix+".png", func(path string) { SaveFigureTo(s, shell, path, fig) }, ".png", ".svg")
}

// SaveFile asks where to put a file of the case and calls write with the place. suffix ends the name that is offered;
// endings are what may be chosen.
func SaveFile(s *session.Session, shell *ui.Shell, suffix string, write func(path string), endings ...string) {
	if shell.Window == nil {
		return
	}
	d := dialog.NewFileSave(func(out fyne.URIWriteCloser, err error) {
		if err != nil || out == nil {
			return
		}
		path := out.URI().Path()
		_ = out.Close() // the file is written beside it and renamed
		write(path)
	}, shell.Window)
	d.SetFileName(session.FileName(s.Name()) + "-" + suffix)
	d.SetFilter(storage.NewExtensionFileFilter(endings))
	ui.StartIn(d, s.Settings().ExportFolder)
	ui.ShowFiles(shell.Canvas(), d)
}

var errEnding = errors.New("end the name in .png or .svg")

// SaveFigureTo draws and writes off the window's goroutine, and says where the picture is.
func SaveFigureTo(s *session.Session, shell *ui.Shell, path string, fig figure.Figure) {
	WriteFile(s, shell, path, "The picture", func() error { return writePicture(path, fig) })
}

// WriteFile writes off the window's goroutine and says where the file is, or why what could not be written. The folder
// is remembered.
func WriteFile(s *session.Session, shell *ui.Shell, path, what string, write func() error) {
	session.Work(context.Background(), s, func(context.Context) (struct{}, error) {
		return struct{}{}, write()
	}, func(_ struct{}, err error) {
		if err != nil {
			dropEmpty(path)
			s.Notify(session.Notice{Text: what + " could not be written to " + path + ": " + err.Error() + ".", Err: err})
			return
		}
		s.SetExportFolder(filepath.Dir(path))
		shell.Toast("Written to "+path, nil)
	})
}

// dropEmpty takes away the empty file that the dialog made, where nothing could be written to it.
func dropEmpty(path string) {
	if info, err := os.Stat(path); err == nil && info.Size() == 0 && info.Mode().IsRegular() {
		_ = os.Remove(path) // it holds nothing; the person has been told of the failure
	}
}

// writePicture writes a figure on a light ground in the size of a slide.
func writePicture(path string, fig figure.Figure) error {
	var b bytes.Buffer
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".png":
		err = figure.PNG(&b, fig, figure.Options{})
	case ".svg":
		err = figure.SVG(&b, fig, figure.Options{})
	default:
		err = errEnding
	}
	if err != nil {
		return err
	}
	return intact.Write(path, b.Bytes())
}
