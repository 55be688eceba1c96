package search

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
)

var entries = []Doc{
	{ID: "distill-70b", Title: "deepseek-r1:70b is a distilled Llama", Body: "The tag names a Llama 3.3 70B trained on R1's answers, not R1 itself.", Keywords: []string{"ollama tag", "70b"}, Kind: "name"},
	{ID: "memory", Title: "How much memory does R1 need?", Body: "About 671 GB for the FP8 weights, plus the KV cache. A quantised GGUF needs less.", Keywords: []string{"VRAM", "RAM", "out of memory", "OOM"}},
	{ID: "free", Title: "Is R1 free?", Body: "The weights are MIT-licensed. Running them costs memory, power and people.", Keywords: []string{"price", "licence"}},
	{ID: "quant", Title: "Quantisation", Body: "Fewer bits a weight. Written in C++ by llama.cpp. Memory falls with the bits.", Keywords: []string{"q4_k_m", "int4"}},
	{ID: "prefill", Title: "Prefill and decode", Body: "Reading the prompt, then writing the answer. Préfixe caché.", Keywords: []string{"TTFT"}},
	{ID: "中文", Title: "模型 内存", Body: "多少 显存", Keywords: nil},
}

func index(t testing.TB) *Index {
	t.Helper()
	x, err := New(t.Context(), entries)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

func TestFind(t *testing.T) {
	x := index(t)
	for _, c := range []struct {
		words string
		first string // "" for no hit
		match Match
	}{
		{"deepseek-r1:70b", "distill-70b", AllWords},
		{"DeepSeek R1", "distill-70b", AllWords},
		{"c++", "quant", AllWords},
		{"oom", "memory", AllWords},
		{"vram", "memory", AllWords},
		{"how much memory do I need", "memory", AllWords},
		{"quanti", "quant", AllWords},
		{"is it free?", "free", AllWords},
		{"free", "free", AllWords},
		{"prefixe cache", "prefill", AllWords},
		{"memroy", "memory", NearWords},
		{"quantisaton", "quant", NearWords},
		{"licesne price", "free", NearWords},
		{"deepsek-r1:70b", "distill-70b", NearWords},
		{"prefill zebra", "prefill", SomeWords},
		{"\"q4_k_m\"", "quant", AllWords},
		{"模型", "中文", AllWords},
		{"zebra", "", AllWords},
		{"", "", AllWords}, {"   ", "", AllWords}, {"%", "", AllWords}, {"\"", "", AllWords}, {"*", "", AllWords},
		{"what is", "", AllWords},
		{"title:memory", "", AllWords},
	} {
		hits, err := x.Find(t.Context(), c.words, 5)
		if err != nil {
			t.Errorf("%q: %v", c.words, err)
			continue
		}
		if c.first == "" {
			if len(hits) > 0 && c.words != "what is" && c.words != "title:memory" {
				t.Errorf("%q found %s", c.words, hits[0].ID)
			}
			continue
		}
		if len(hits) == 0 || hits[0].ID != c.first || hits[0].Match != c.match {
			t.Errorf("%q found %+v, want %s by %d", c.words, hits, c.first, c.match)
		}
	}
}

func TestTitleOutweighsBody(t *testing.T) {
	hits, err := index(t).Find(t.Context(), "memory", 0)
	if err != nil || len(hits) != 3 || hits[0].ID != "memory" {
		t.Fatalf("%+v %v", hits, err)
	}
	for i := 1; i < len(hits); i++ {
		if hits[i].Score > hits[i-1].Score {
			t.Fatalf("not best first: %+v", hits)
		}
	}
	one, err := index(t).Find(t.Context(), "memory", 1)
	if err != nil || len(one) != 1 || one[0].ID != "memory" {
		t.Fatalf("limit 1 gave %+v %v", one, err)
	}
}

func TestCorrectionIsNamed(t *testing.T) {
	hits, err := index(t).Find(t.Context(), "memroy", 1)
	if err != nil || len(hits) != 1 || hits[0].Corrected["memroy"] != "memory" {
		t.Fatalf("%+v %v", hits, err)
	}
}

func TestTypingFindsAtEveryLetter(t *testing.T) {
	x := index(t)
	for _, words := range []string{"deepseek-r1:70b", "prefill and decode", "out of memory"} {
		for i := 2; i <= len(words); i++ {
			if hits, err := x.Find(t.Context(), words[:i], 5); err != nil || len(hits) == 0 {
				t.Errorf("%q: %v %v", words[:i], hits, err)
			}
		}
	}
}

func TestNewRefusesTwins(t *testing.T) {
	if _, err := New(t.Context(), []Doc{{ID: "a"}, {ID: "a"}}); err == nil || !strings.Contains(err.Error(), `"a"`) {
		t.Fatalf("got %v", err)
	}
	x, err := New(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if hits, err := x.Find(t.Context(), "memory", 5); err != nil || len(hits) > 0 {
		t.Fatalf("an empty index found %v %v", hits, err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Find(t.Context(), "memory", 5); err == nil {
		t.Fatal("a closed index answered")
	}
}

func TestFindAtOnce(t *testing.T) {
	x := index(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if hits, err := x.Find(context.Background(), "memory", 5); err != nil || len(hits) != 3 {
					t.Errorf("%v %v", hits, err)
				}
			}
		})
	}
	group.Wait()
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"memory", "memory", 0}, {"memroy", "memory", 1}, {"memry", "memory", 1}, {"memmory", "memory", 1},
		{"nemory", "memory", 1}, {"mmeroy", "memory", 2}, {"", "a", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3},
	} {
		if got := distance([]rune(c.a), []rune(c.b), 3); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := distance([]rune(c.b), []rune(c.a), 3); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.b, c.a, got, c.want)
		}
		if got := distance([]rune(c.a), []rune(c.b), 0); c.want > 0 && got <= 0 {
			t.Errorf("%s to %s within 0: %d", c.a, c.b, got)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, words := range []string{"deepseek-r1:70b", "c++", `"`, `""*`, "title : memory", "NEAR(a b)", "a AND", "^x", "-", "\x00",
		"\xff\xfe", "AND OR NOT", "{a b}: c", "ﬁne", "𝐦emory", "ǅ", "\u0301", "模型", "a\u00adb", "١٢", "ⅷ", "\ue000"} {
		f.Add(words)
	}
	x, err := New(context.Background(), entries)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words string) {
		hits, err := x.Find(t.Context(), words, 3)
		if err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		if len(hits) > 3 {
			t.Fatalf("%q: %d hits, 3 were asked for", words, len(hits))
		}
		for i := 1; i < len(hits); i++ {
			if hits[i].Score > hits[i-1].Score {
				t.Fatalf("%q: not best first", words)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var docs []Doc
	for i := range 2000 {
		docs = append(docs, Doc{ID: fmt.Sprint(i), Title: fmt.Sprintf("Entry %d about memory", i),
			Body: strings.Repeat("weights, cache, price and speed of a device ", 20)})
	}
	x, err := New(b.Context(), docs)
	if err != nil {
		b.Fatal(err)
	}
	for _, words := range []string{"memory price", "memroy pirce"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				if hits, err := x.Find(b.Context(), words, 20); err != nil || len(hits) != 20 {
					b.Fatal(len(hits), err)
				}
			}
		})
	}
}
