package report

import (
	"bytes"
	"encoding/xml"
	"strconv"
)

// element is a piece of an XML document. Names carry their prefix: the parts of a package declare the same few
// name spaces at their root. What is written is well-formed by construction, and every text is escaped.
type element struct {
	name     string
	attrs    []attr
	children []part
}

// part is what an element is made of: attributes, elements and text.
type part interface{ putInto(e *element) }

type attr struct{ name, value string }

type chars string

// parts is a list to be put in place.
type parts []part

func (a attr) putInto(e *element)     { e.attrs = append(e.attrs, a) }
func (c *element) putInto(e *element) { e.children = append(e.children, c) }
func (c chars) putInto(e *element)    { e.children = append(e.children, c) }
func (p parts) putInto(e *element) {
	for _, one := range p {
		one.putInto(e)
	}
}

// el makes an element.
func el(name string, of ...part) *element {
	e := &element{name: name}
	for _, p := range of {
		p.putInto(e)
	}
	return e
}

func at(name, value string) attr  { return attr{name, value} }
func num(name string, v int) attr { return attr{name, strconv.Itoa(v)} }

// document returns the element as a whole XML document.
func (c *element) document() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	c.write(&b)
	return b.Bytes()
}

func (c *element) write(b *bytes.Buffer) {
	b.WriteByte('<')
	b.WriteString(c.name)
	for _, a := range c.attrs {
		b.WriteByte(' ')
		b.WriteString(a.name)
		b.WriteString(`="`)
		escape(b, a.value)
		b.WriteByte('"')
	}
	if len(c.children) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, child := range c.children {
		switch child := child.(type) {
		case *element:
			child.write(b)
		case chars:
			escape(b, string(child))
		}
	}
	b.WriteString("</")
	b.WriteString(c.name)
	b.WriteByte('>')
}

// escape writes text; a buffer takes everything, so there is no error to pass on.
func escape(b *bytes.Buffer, s string) { _ = xml.EscapeText(b, []byte(s)) }
