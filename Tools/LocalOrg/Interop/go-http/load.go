// Command load calls an org with Go's net/http, without pauses, until the process is ended.
//
// The tests of shared limits run it with okta-proxy as its org. OKTA_URL is the address, and OKTA_TOKEN the token. Okta's
// SDK for Go and the provider for Terraform send their calls with net/http as well.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// repeat calls the org again and again. Each call has another target, because the proxy merges equal calls in flight.
func repeat(client *http.Client, path string, lane int) {
	for number := 1; ; number++ {
		target := fmt.Sprintf("%s%s?go=%d-%d", os.Getenv("OKTA_URL"), path, lane, number)
		request, err := http.NewRequest(http.MethodGet, target, nil)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		request.Header.Set("Authorization", "SSWS "+os.Getenv("OKTA_TOKEN"))
		request.Header.Set("Accept", "application/json")
		response, err := client.Do(request)
		if err != nil {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		// A connection is used again only if the body was read.
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
}

func main() {
	// A proxy of the environment is not the one under test.
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	for lane := 0; lane < 4; lane++ {
		for _, path := range []string{"/api/v1/users", "/api/v1/users/me", "/api/v1/groups"} {
			go repeat(client, path, lane)
		}
	}
	select {}
}
