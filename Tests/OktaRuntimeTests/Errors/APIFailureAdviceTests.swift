import HTTPTypes
import OktaRuntime
import Testing

@Suite struct APIFailureAdviceTests {
    /// Returns the failure of a call whose response has a status and, unless it is empty, an Okta code.
    private func failure(
        _ status: Int, _ code: String = "", of method: HTTPRequest.Method = .get, body: RequestBody = .none,
        headers: [(String, String)] = []
    ) async throws -> OktaError.APIFailure {
        let response = code.isEmpty ? "" : #"{"errorCode":"\#(code)"}"#
        let client = try StubTransport(status, response, headers: headers).client()
        do throws(OktaError) {
            _ = try await client.request(method, "/api/v1/users/\("00u1")", body: body)
        } catch {
            guard case .api(let failure) = error else { throw error }
            return failure
        }
        throw OktaError.cancelled
    }

    @Test(
        "Error advice: an error code has advice",
        arguments: [
            (304, "", "by the call's condition"),
            (301, "", "does not follow redirects"), (302, "", "org URL"), (308, "", "does not follow redirects"),
            (400, "E0000001", "fields of the request body"), (400, "E0000003", "fields of the request body"),
            (401, "E0000004", "belongs to this org"), (401, "E0000011", "create a new one"),
            (401, "E0000015", "Okta's support"), (401, "", "expired nor revoked"),
            (401, "E0000005", "rejected"), (403, "E0000005", "role"), (403, "E0000006", "role"),
            (403, "", "do not allow this"),
            (404, "E0000007", "id in the path"), (405, "E0000022", "does not support the method"),
            (400, "E0000019", "Content-Type"), (400, "E0000024", "activate it first"),
            (400, "E0000029", "stored cursor"),
            (400, "E0000031", "stored cursor"), (403, "E0000032", "LOCKED_OUT"), (403, "E0000038", "user's status"),
            (403, "E0000056", "Deactivate the app"), (403, "E0000148", "from the policies"),
            (403, "E0000166", "CAPTCHAs"),
            (400, "E0000226", "com.okta.telephony.provider"), (408, "", "retry the call"), (500, "", "status.okta.com"),
            (502, "", "retry the call later"), (412, "E0000231", "read it again"),
            (423, "E0000239", "in a few seconds"),
            (429, "E0000047", "in a minute"), (429, "", "in a minute"),
            (500, "E0000009", "status.okta.com"), (503, "E0000010", "did not execute"),
            (503, "E0000181", "did not execute"), (504, "", "retry the call later"),
        ])
    func errorCodeHasAdvice(_ status: Int, _ code: String, _ words: String) async throws {
        let failure = try await failure(status, code)
        let advice = try #require(failure.advice)
        #expect(advice.contains(words), "\(advice)")
        #expect(failure.description.hasSuffix(". \(advice)"), "\(failure)")
    }

    /// For message quotas and unknown codes, the error has only the server's text.
    @Test(
        "Error advice: an error whose own text is sufficient has no advice",
        arguments: [(429, "E0000109"), (429, "E0000146"), (400, "E0000999"), (404, ""), (409, "")])
    func errorWhoseOwnTextIsSufficientHasNoAdvice(_ status: Int, _ code: String) async throws {
        #expect(try await failure(status, code).advice == nil)
    }

    private func limit(_ calls: Int) -> [(String, String)] {
        [
            ("X-Rate-Limit-Limit", "\(calls)"), ("X-Rate-Limit-Remaining", "0"),
            ("X-Rate-Limit-Reset", "1700000000"),
        ]
    }

    @Test("Error advice: a used-up rate limit states its reset") func usedUpRateLimitStatesItsReset() async throws {
        let advice = try #require(try await failure(429, "E0000047", headers: limit(50)).advice)
        #expect(advice.contains("50 calls") && advice.contains("2023-11-14T22:13:20"), "\(advice)")
    }

    /// The reset time has no meaning for a concurrency limit.
    @Test("Error advice: a concurrency limit is named") func concurrencyLimitIsNamed() async throws {
        let advice = try #require(try await failure(429, "E0000047", headers: limit(0)).advice)
        #expect(advice.contains("concurrent calls") && !advice.contains("2023"), "\(advice)")
    }

    // MARK: Retries

    private static let faults = [(500, "E0000009"), (500, ""), (502, ""), (503, ""), (503, "E0000009"), (504, "")]

    @Test("Error advice: a read may be retried", arguments: [HTTPRequest.Method.get, .head])
    func aReadMayBeRepeated(_ method: HTTPRequest.Method) async throws {
        for (status, code) in Self.faults {
            let advice = try #require(try await failure(status, code, of: method).advice)
            #expect(advice.contains("retry the call later"), "\(status) \(code)")
        }
    }

    @Test(
        "Error advice: a change must be verified before a retry",
        arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func aChangeIsCheckedBeforeItIsRepeated(_ method: HTTPRequest.Method) async throws {
        for (status, code) in Self.faults {
            let advice = try #require(try await failure(status, code, of: method).advice)
            #expect(advice.contains("check before you retry"), "\(status) \(code)")
            #expect(!advice.contains("retry the call later"), "\(status) \(code)")
        }
    }

    @Test(
        "Error advice: a rejected change may be retried",
        arguments: [(503, "E0000010"), (503, "E0000181"), (423, "E0000239"), (429, "E0000047"), (429, "")])
    func rejectedChangeMayBeRetried(_ status: Int, _ code: String) async throws {
        let advice = try #require(try await failure(status, code, of: .post).advice)
        #expect(advice.contains("retry") && !advice.contains("may have executed"), "\(advice)")
    }

    // MARK: Bodies

    @Test("Error advice: unsupported characters are named", arguments: ["E0000001", "E0000003"])
    func charactersThatOktaDoesNotSupportAreNamed(_ code: String) async throws {
        let failure = try await failure(400, code, of: .post, body: .json(JSON("party \u{1F389}")))
        #expect(failure.hasUnsupportedCharacters)
        #expect(failure.advice?.contains("emoji") == true)
    }

    @Test(
        "Error advice: characters of three bytes are supported", arguments: ["plain", "\u{E9}", "\u{20AC}", "\u{FFFD}"])
    func charactersOfThreeBytesAreSupported(_ text: String) async throws {
        let failure = try await failure(400, "E0000001", of: .post, body: .json(JSON(text)))
        #expect(!failure.hasUnsupportedCharacters)
        #expect(failure.advice?.contains("emoji") == false)
    }

    @Test("Error advice: unsupported characters are named only for errors they may cause")
    func onlyARelatedResponseNamesThem() async throws {
        let failure = try await failure(404, "E0000007", of: .post, body: .json(JSON("\u{1F389}")))
        #expect(!failure.hasUnsupportedCharacters)
    }

    // MARK: Pages

    private let page = ("Content-Type", "text/html; charset=utf-8")

    @Test("Error advice: a page of another server is named", arguments: [401, 403, 404])
    func pageOfAnotherServerIsNamed(_ status: Int) async throws {
        let failure = try await failure(status, headers: [page])
        #expect(failure.isForeignPage)
        #expect(failure.advice?.contains("a proxy or a sign-in page") == true)
    }

    @Test("Error advice: a page of the org is not reported as another server")
    func pageOfOrgIsNotReportedAsAnotherServer() async throws {
        let failure = try await failure(403, headers: [page, ("X-Okta-Request-Id", "r1")])
        #expect(!failure.isForeignPage)
        #expect(failure.advice?.contains("proxy") == false)
    }
}
