package report

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"
)

// opcPackage is a document as ECMA-376 part 2 (Open Packaging Conventions) wants it: parts with content types,
// and relationships between them.
type opcPackage struct {
	parts map[string]opcPart // by name without the leading slash
	rels  map[string][]relationship
}

type opcPart struct {
	data        []byte
	contentType string
}

// relationship leads from one part to another. The part with the empty name is the package itself.
type relationship struct{ id, kind, target string }

// The name spaces of relationships and packages.
const (
	relOffice  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relPackage = "http://schemas.openxmlformats.org/package/2006/relationships/"
	typePrefix = "application/vnd.openxmlformats-officedocument."
)

func newPackage() *opcPackage {
	return &opcPackage{parts: map[string]opcPart{}, rels: map[string][]relationship{}}
}

// add puts a part into the package.
func (p *opcPackage) add(name, contentType string, data []byte) {
	p.parts[name] = opcPart{data, contentType}
}

// link relates one part to another and returns the id of the relationship.
func (p *opcPackage) link(from, kind, to string) string {
	id := fmt.Sprintf("rId%d", len(p.rels[from])+1)
	target := to
	if from != "" {
		target = relativeTo(path.Dir(from), to)
	}
	p.rels[from] = append(p.rels[from], relationship{id, kind, target})
	return id
}

// relativeTo writes the name of a part as seen from a folder of the package.
func relativeTo(folder, to string) string {
	from, target := strings.Split(folder, "/"), strings.Split(to, "/")
	for len(from) > 0 && len(target) > 1 && from[0] == target[0] {
		from, target = from[1:], target[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(target, "/")
}

// relsName is where the relationships of a part are kept.
func relsName(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// bytes returns the package as a zip file: content types first, as readers expect, then everything by name.
func (p *opcPackage) bytes(when time.Time) (*bytes.Buffer, error) {
	files := map[string][]byte{}
	for name, one := range p.parts {
		files[name] = one.data
	}
	for from, rels := range p.rels {
		root := el("Relationships", at("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships"))
		for _, r := range rels {
			el("Relationship", at("Id", r.id), at("Type", r.kind), at("Target", r.target)).putInto(root)
		}
		if from == "" {
			files["_rels/.rels"] = root.document()
		} else {
			files[relsName(from)] = root.document()
		}
	}
	files[contentTypesName] = p.contentTypes()
	return zipped(files, when, contentTypesName)
}

const contentTypesName = "[Content_Types].xml"

func (p *opcPackage) contentTypes() []byte {
	root := el("Types", at("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types"),
		el("Default", at("Extension", "png"), at("ContentType", "image/png")),
		el("Default", at("Extension", "rels"), at("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
		el("Default", at("Extension", "xml"), at("ContentType", "application/xml")))
	for _, name := range sortedNames(p.parts) {
		if one := p.parts[name]; one.contentType != "" {
			el("Override", at("PartName", "/"+name), at("ContentType", one.contentType)).putInto(root)
		}
	}
	return root.document()
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// zipped packs files with one time stamp and in one order, so that the same files give the same bytes. Pictures
// are packed already and are only stored.
func zipped(files map[string][]byte, when time.Time, first ...string) (*bytes.Buffer, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) })
	names := append(slices.Clone(first), slices.DeleteFunc(sortedNames(files), func(n string) bool { return slices.Contains(first, n) })...)
	for _, name := range names {
		head := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: when}
		if stored(name) {
			head.Method = zip.Store
		}
		w, err := z.CreateHeader(head)
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			return nil, fmt.Errorf("report: %s cannot be packed: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("report: the archive cannot be closed: %w", err)
	}
	return &b, nil
}

// stored reports whether a file is compressed by its own format.
func stored(name string) bool {
	switch path.Ext(name) {
	case ".png", ".pptx", ".xlsx", ".pdf":
		return true
	}
	return false
}
