import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

@Suite struct TokenFailureTests {
    private func failure(
        _ status: Int, _ body: String, options: OAuthClientCredentials.Options = .init(),
        headers: [(String, String)] = []
    ) async throws -> (failure: OktaError.AuthorizationFailure, requests: Int) {
        let setup = try TestSetup(options: options)
        setup.org.edit { state in
            state.script = { _, _, org in org.response(status, body, headers: headers) }
        }
        do {
            _ = try await setup.caller.call()
            Issue.record("no error")
            return (OktaError.AuthorizationFailure(message: ""), 0)
        } catch {
            return (try #require(authorizationFailure(error)), setup.org.tokenRequests.count)
        }
    }

    @Test(
        "OAuth token failure: the org's error is reported with advice",
        arguments: [
            (401, "invalid_client", "The client_assertion signature is invalid.", "among its active keys"),
            (400, "invalid_scope", "One or more scopes are not configured.", "okta.users.read okta.groups.manage"),
            (400, "unauthorized_client", "Not allowed.", "API Services app"),
            (400, "access_denied", "Policy evaluation failed.", "admin role"),
            (400, "unsupported_grant_type", "Not here.", "org URL"),
        ])
    func orgsErrorIsReportedWithAdvice(
        _ status: Int, _ code: String, _ description: String, _ advice: String
    ) async throws {
        let body = JSON(["error": JSON(code), "error_description": JSON(description)]).text
        let (failure, requests) = try await failure(status, body)
        #expect(failure.code?.rawValue == code)
        #expect(failure.message.contains(description))
        #expect(failure.message.contains(advice))
        #expect(failure.message.contains(TestOrg.clientID))
        #expect(failure.requestID == "req-\(status)")
        #expect(requests == 1)
        let text = "\(OktaError.authorization(failure))"
        #expect(text.contains("(\(code))") && text.contains("[request req-\(status)]"))
    }

    @Test("OAuth token failure: an app that requires DPoP is reported when proofs are disabled")
    func appThatRequiresDPoPIsReportedWhenProofsAreDisabled() async throws {
        var options = OAuthClientCredentials.Options()
        options.dpop = .never
        let body = #"{"error":"invalid_dpop_proof","error_description":"The DPoP proof JWT header is missing."}"#
        let (failure, requests) = try await failure(400, body, options: options)
        #expect(failure.message.contains(".automatic"))
        #expect(requests == 1)
    }

    @Test(
        "OAuth token failure: a response without a token is reported",
        arguments: [
            (200, "<html>", "proxies"), (200, "", "proxies"), (200, "{}", "proxies"), (200, "[]", "proxies"),
            (200, #"{"access_token":"a b","token_type":"Bearer"}"#, "proxies"),
            (200, #"{"access_token":"a\r\nX: y","token_type":"Bearer"}"#, "proxies"),
            (302, "", "does not follow redirects"), (404, "<html>", "org URL"),
            (200, #"{"access_token":"abc","token_type":"mac"}"#, "another type"),
        ])
    func otherResponsesAreReported(_ status: Int, _ body: String, _ words: String) async throws {
        #expect(try await failure(status, body).failure.message.contains(words))
    }

    @Test("OAuth token failure: an unrequested DPoP token is rejected") func unrequestedDPoPTokenIsRejected()
        async throws
    {
        var options = OAuthClientCredentials.Options()
        options.dpop = .never
        let body = #"{"access_token":"abc","token_type":"DPoP"}"#
        #expect(try await failure(200, body, options: options).failure.message.contains("another type"))
    }

    @Test("OAuth token failure: a host that is not an org is named") func hostThatIsNotOrgIsNamed() async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, _, _ in
                TransportResponse(
                    head: HTTPResponse(status: .notFound),
                    body: Array(#"{"status":404,"message":"Resource not found"}"#.utf8))
            }
        }
        await #expect {
            try await setup.caller.call()
        } throws: {
            authorizationFailure($0)?.message.contains("no Okta org at this address") == true
        }
    }

    /// An error must not leak secrets that a server repeats.
    @Test("OAuth token failure: the error does not contain the signed assertion")
    func errorDoesNotContainSignedAssertion()
        async throws
    {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { request, _, org in
                org.oauthError(
                    400, "invalid_request", "Bad assertion: \(request.form["client_assertion"] ?? "")\u{1B}[31m")
            }
        }
        await #expect {
            try await setup.caller.call()
        } throws: { error in
            let text = "\(error)"
            return text.contains("<redacted>") && !text.contains("eyJ") && !text.contains("\u{1B}")
        }
    }
}
