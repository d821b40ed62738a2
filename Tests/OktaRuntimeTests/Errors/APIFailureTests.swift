import Foundation
import HTTPTypes
import OktaRuntime
import Testing

@Suite struct APIFailureTests {
    private func failure(_ status: Int, _ body: String, headers: [(String, String)] = []) async throws
        -> OktaError.APIFailure
    {
        let client = try StubTransport(status, body, headers: headers).client()
        do throws(OktaError) {
            _ = try await client.request(.get, "/api/v1/users/\("00u1")?secret=1")
        } catch {
            guard case .api(let failure) = error else { throw error }
            return failure
        }
        throw OktaError.cancelled
    }

    @Test("API failure: all fields of Okta's error are read") func oktasErrorIsReadWhole() async throws {
        let failure = try await failure(
            400,
            #"""
            {"errorCode":"E0000001","errorSummary":"Api validation failed: login","errorLink":"E0000001",
             "errorId":"oae1","errorCauses":[{"errorSummary":"login: too short"},{"errorSummary":"email: missing"}]}
            """#, headers: [("X-Okta-Request-Id", "r1")])
        #expect(failure.status == .badRequest)
        #expect(failure.code == "E0000001")
        #expect(failure.causes == ["login: too short", "email: missing"])
        #expect(failure.errorID == "oae1")
        #expect(failure.requestID == "r1")
        let text = failure.description
        for part in ["GET /api/v1/users/00u1", "400", "E0000001", "login: too short", "r1"] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(!text.contains("secret=1"))
    }

    @Test("API failure: an OAuth error has its code") func anOAuthErrorHasItsCode() async throws {
        let failure = try await failure(400, #"{"error":"invalid_client","error_description":"no such client"}"#)
        #expect(failure.code == "invalid_client")
        #expect(failure.summary == "no such client")
    }

    @Test(
        "API failure: an unreadable body is still an error",
        arguments: ["", "<html>oops</html>", "[]", "null", "{", #"{"errorCode":7,"errorCauses":"x"}"#])
    func anUnreadableBodyIsStillAnError(_ body: String) async throws {
        let failure = try await failure(502, body)
        #expect(failure.status.code == 502)
        #expect(failure.code == nil)
        #expect(failure.description.contains("502"))
    }

    /// Okta's edge servers respond in a separate form for a host without an org.
    @Test("API failure: an unknown org is recognized") func anUnknownOrgIsRecognized() async throws {
        let failure = try await failure(404, #"{"status":404,"message":"Resource not found"}"#)
        #expect(failure.isUnknownOrg)
        #expect(failure.description.contains("URL"))
    }

    @Test("API failure: a missing scope is read from the header") func missingScopeIsReadFromHeader() async throws {
        let value = #"Bearer authorization_uri="x", error="insufficient_scope", scope="okta.users.read okta.apps.read""#
        let failure = try await failure(403, "", headers: [("WWW-Authenticate", value)])
        #expect(failure.isInsufficientScope)
        #expect(failure.missingScopes == ["okta.users.read", "okta.apps.read"])
    }

    @Test(
        "API failure: a rejected access token is explained",
        arguments: [("invalid_token", "expired"), ("invalid_dpop_proof", "clock")])
    func aRefusedAccessTokenIsExplained(_ error: String, _ word: String) async throws {
        let failure = try await failure(
            401, #"{"errorCode":"E0000011","errorSummary":"Invalid token provided"}"#,
            headers: [("WWW-Authenticate", #"DPoP algs="RS256", error="\#(error)", error_description="why""#)])
        #expect(failure.code == "E0000011")
        #expect(failure.challengeError?.rawValue == error)
        #expect(failure.advice?.contains(word) == true)
        #expect(failure.advice?.contains("API token") == false)
    }

    @Test("API failure: the rate limit is read") func theRateLimitIsRead() async throws {
        let failure = try await failure(
            429, #"{"errorCode":"E0000047"}"#,
            headers: [
                ("x-rate-limit-limit", "50"), ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "1700000000"),
            ])
        #expect(failure.rateLimit?.limit == 50)
        #expect(failure.rateLimit?.remaining == 0)
        #expect(failure.rateLimit?.reset.timeIntervalSince1970 == 1_700_000_000)
    }
}
