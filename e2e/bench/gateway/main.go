// gateway is both ends of `make bench-gateway`: `gateway serve ADDR` is a model that answers at once, `gateway load`
// a closed loop of clients that ask through a gateway and count. Standard library only.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

// About 1 KB of what people write, without anything to mask.
var sentence = "The quarterly report shows that bicycle sales in the north grew while repairs stayed level. "

const chunks = 40

func main() {
	if len(os.Args) > 2 && os.Args[1] == "serve" {
		serve(os.Args[2])
		return
	}
	load()
}

func serve(address string) {
	answer, _ := json.Marshal(map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "tiny",
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop",
			"message": map[string]any{"role": "assistant", "content": strings.Repeat(sentence, 8)}}},
		"usage": map[string]any{"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
	})
	var stream bytes.Buffer
	event := func(delta string, finish string) {
		fmt.Fprintf(&stream, "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"tiny\","+
			"\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n", delta, finish)
	}
	for i := 0; i < chunks; i++ {
		event(`{"content":"word after word "}`, "null")
	}
	event("{}", `"stop"`)
	stream.WriteString("data: [DONE]\n\n")
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if bytes.Contains(body, []byte(`"stream":true`)) {
			w.Header().Set("Content-Type", "text/event-stream")
			w.Write(stream.Bytes())
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer)
	})
	fmt.Fprintln(os.Stderr, http.ListenAndServe(address, nil))
	os.Exit(1)
}

func load() {
	url := flag.String("url", "", "where to ask")
	connections := flag.Int("c", 1, "clients, each with one request at a time")
	seconds := flag.Float64("s", 2, "how long")
	warm := flag.Float64("w", 0.5, "how long before it counts")
	stream := flag.Bool("stream", false, "ask for streams")
	header := flag.String("header", "", "a further header, as name=value;name=value")
	flag.Parse()
	body, _ := json.Marshal(map[string]any{"model": "tiny", "stream": *stream,
		"messages": []any{map[string]any{"role": "user", "content": strings.Repeat(sentence, 11)}}})
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: *connections, DisableCompression: true}}
	start := time.Now()
	count := start.Add(time.Duration(*warm * float64(time.Second)))
	end := count.Add(time.Duration(*seconds * float64(time.Second)))
	var mutex sync.Mutex
	var times []float64
	failed := 0
	var all sync.WaitGroup
	for i := 0; i < *connections; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for time.Now().Before(end) {
				began := time.Now()
				good := ask(client, *url, body, *header, *stream)
				took := time.Since(began).Seconds() * 1000
				mutex.Lock()
				if !good {
					failed++
				} else if began.After(count) {
					times = append(times, took)
				}
				mutex.Unlock()
				if !good && failed > 100 {
					return
				}
			}
		}()
	}
	all.Wait()
	sort.Float64s(times)
	if len(times) == 0 {
		fmt.Printf(`{"rps":0,"p50":0,"p99":0,"failed":%d}`+"\n", failed)
		return
	}
	at := func(q float64) float64 { return times[int(q*float64(len(times)-1))] }
	fmt.Printf(`{"rps":%.1f,"p50":%.3f,"p99":%.3f,"failed":%d}`+"\n", float64(len(times))/time.Since(count).Seconds(), at(.5), at(.99), failed)
}

func ask(client *http.Client, url string, body []byte, headers string, stream bool) bool {
	request, err := http.NewRequest("POST", url, bytes.NewReader(body))
	if err != nil {
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer sk-bench")
	for _, pair := range strings.Split(headers, ";") {
		if name, value, found := strings.Cut(pair, "="); found {
			request.Header.Set(name, value)
		}
	}
	answer, err := client.Do(request)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	whole, err := io.ReadAll(bufio.NewReader(answer.Body))
	return err == nil && answer.StatusCode == 200 && len(whole) > 500 && (!stream || bytes.Contains(whole, []byte("[DONE]")))
}
