import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// Errors from a server that is malicious or repeats its input contain no secret, no terminal control sequence and no
/// endless text.
@Suite(.longCalculation) struct HostileErrorTests {
    private static let token = "00aBcDeFgHiJkLmNoPqRsTuVwXyZ-0123456789_ab"

    /// Returns all representations of an error.
    private func shown(_ error: any Error) -> String {
        var text = "\(error)\n\(String(reflecting: error))\n\(error.localizedDescription)\n"
        dump(error, to: &text)
        return text
    }

    private func error(
        _ status: Int, _ body: [UInt8], headers: [(String, String)] = [], method: HTTPRequest.Method = .get,
        sending requestBody: RequestBody = .none, configure: (inout OktaConfiguration) -> Void = { _ in }
    ) async throws -> (error: OktaError, shown: String, observed: String) {
        let observer = RecordingObserver()
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: Self.token)
        configuration.retry = .never
        configuration.observers = [observer]
        configure(&configuration)
        let transport = StubTransport { _, _ in
            var response = TransportResponse.stub(status, "", headers: headers)
            response.body = body
            return response
        }
        let client = try OktaClient(configuration: configuration, transport: transport)
        do throws(OktaError) {
            let response = try await client.request(method, "/api/v1/x", body: requestBody)
            _ = try response.json()
        } catch {
            return (error, shown(error), observer.text)
        }
        throw OktaError.cancelled
    }

    private func okta(_ summary: String, causes: [String] = [], code: String = "E0000001") -> [UInt8] {
        let body: JSON = [
            "errorCode": JSON(code), "errorSummary": JSON(summary), "errorId": JSON(summary),
            "errorCauses": JSON(causes.map { JSON(members: [("errorSummary", JSON($0))]) }),
        ]
        return body.bytes
    }

    /// Checks that a text contains no 12 successive characters of a secret.
    private func expectNone(of secret: String, in text: String, _ location: SourceLocation = #_sourceLocation) {
        let characters = Array(secret)
        guard characters.count > 12 else {
            #expect(!text.contains(secret), sourceLocation: location)
            return
        }
        for start in 0...characters.count - 12 {
            let stretch = String(characters[start..<start + 12])
            #expect(!text.contains(stretch), "\(stretch) is shown", sourceLocation: location)
        }
    }

    // MARK: Secrets

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// The ways in which a server may repeat a token.
    private static let echoes: [@Sendable (String) -> String] = [
        { "Invalid token: \($0)" }, { "Authorization: SSWS \($0)!" }, { "\($0.prefix(30))… is unknown" },
        { "ends in \($0.suffix(20))" }, { $0.map { "\($0)\u{200B}" }.joined() },
        { String($0.prefix(21)) + "\n" + String($0.suffix(21)) }, { base64($0) }, { base64("SSWS \($0)") },
        { base64("x\($0)") }, { base64("user:\($0)") }, { "a" + $0 + "b" + $0 },
    ]

    @Test("Errors: a token that is sent back is taken out", arguments: echoes.indices)
    func reflectedTokenIsTakenOut(_ index: Int) async throws {
        let echo = Self.echoes[index](Self.token)
        let bodies = [
            okta(echo, causes: [echo, "login: \(echo)"]), okta("x", code: echo),
            JSON(members: [("error", JSON(echo)), ("error_description", JSON(echo))]).bytes,
            JSON(members: [("message", JSON(echo))]).bytes,
        ]
        let header = String(echo.filter { $0.isASCII && !$0.isNewline }.prefix(200))
        for (number, body) in bodies.enumerated() {
            let headers = [
                ("X-Okta-Request-Id", header),
                ("WWW-Authenticate", #"Bearer error="\#(header)", error_description="\#(header)", scope="\#(header)""#),
            ]
            let (_, shown, observed) = try await error(400 + number * 101, body, headers: headers)
            for secret in [Self.token, Self.base64(Self.token)] {
                expectNone(of: secret, in: shown)
                expectNone(of: secret, in: observed)
            }
            #expect(shown.contains("<redacted>"))
        }
    }

    @Test("Errors: passwords of a request's body and of a proxy are taken out")
    func otherSecretsAreTakenOut() async throws {
        let secrets = ["Tr0ub4dor&3 horse", "s3cr3t/+=value", "proxy p@ss:word", "hunter2"]
        let body: JSON = [
            "profile": ["login": "ada@example.com"],
            "credentials": [
                "password": ["value": JSON(secrets[0])], "recovery_question": ["answer": JSON(secrets[3])],
            ],
            "clientSecret": JSON(secrets[1]),
        ]
        let proxyPassword = PercentEncoding.encode(secrets[2])
        let echo =
            secrets.map { "\($0) \(PercentEncoding.encode($0)) \(PercentEncoding.encode($0).lowercased())" }
            .joined(separator: "; ") + Self.base64("me:\(secrets[2])")
        let (failure, shown, _) = try await error(
            400, okta("ada@example.com: \(echo)", causes: [echo]), method: .post, sending: .json(body)
        ) {
            $0.proxy = "http://me:\(proxyPassword)@127.0.0.1:3128"
        }
        for secret in secrets + [proxyPassword, Self.base64("me:\(secrets[2])")] { expectNone(of: secret, in: shown) }
        // Text that is not secret is kept.
        guard case .api(let api) = failure else { throw failure }
        #expect(api.summary?.hasPrefix("ada@example.com: ") == true, "\(api)")
    }

    @Test("Errors: text that only resembles a part of a token is kept")
    func ordinaryTextStays() async throws {
        let summary =
            "Api validation failed: login 'ada' at 2027-01-15; see 00aBcDe, E0000001 and https://acme.okta.com"
        let (failure, _, _) = try await error(400, okta(summary))
        guard case .api(let api) = failure else { throw failure }
        #expect(api.summary == summary)
    }

    // MARK: Terminal control

    private static let controls = [
        "\u{1B}[2J\u{1B}]0;owned\u{7}", "\r\nFAKE LOG LINE", "\u{202E}gnp.exe", "\u{2066}x\u{2069}",
        "\u{200E}\u{200F}\u{61C}",
        "\u{85}\u{2028}\u{2029}", "\u{0}\u{8}\u{7F}\u{9B}31m", "\u{FEFF}\u{200B}\u{AD}", "\u{E0041}\u{E000}\u{FFFE}",
        "\t",
    ]

    @Test("Errors: control characters, line breaks and direction marks are escaped", arguments: controls)
    func controlsAreEscaped(_ control: String) async throws {
        let text = "before\(control)after"
        let header = text.filter { $0.isASCII && $0 != "\r\n" && !$0.isNewline && $0 != "\0" }
        let (failure, shown, observed) = try await error(
            400, okta(text, causes: [text], code: text),
            headers: [("X-Okta-Request-Id", header), ("WWW-Authenticate", "Bearer error=\"\(header)\"")])
        // A dump contains its own line breaks, but no other control characters.
        let allowed: Set<Unicode.Scalar> = ["\n"]
        for scalar in (shown + observed).unicodeScalars where !allowed.contains(scalar) {
            let isPlain =
                scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
                && !scalar.properties.isDefaultIgnorableCodePoint
            #expect(isPlain, "U+\(String(scalar.value, radix: 16))")
        }
        #expect(!failure.description.contains("\n"))
        #expect(failure.description.contains("before") && failure.description.contains("after"))
    }

    // MARK: Length

    @Test("Errors: long texts and many causes are cut off")
    func lengthIsBounded() async throws {
        let long = String(repeating: "a very long story ", count: 200_000)
        let body = okta(
            long, causes: Array(repeating: String(repeating: "é", count: 5000), count: 500),
            code: String(long.prefix(100_000)))
        #expect(body.count > 5_000_000)
        let (failure, _, observed) = try await error(
            400, body,
            headers: [
                ("X-Okta-Request-Id", String(long.prefix(5000))),
                ("WWW-Authenticate", String(repeating: "a=b,", count: 9000)),
            ])
        guard case .api(let api) = failure else { throw failure }
        #expect(api.summary?.count == 1001 && api.summary?.last == "…")
        #expect(api.causes.count == 20 && api.omittedCauseCount == 480)
        #expect(api.causes.allSatisfy { $0.count <= 1001 })
        #expect(api.code?.rawValue.count ?? 0 <= 129)
        #expect(api.requestID?.count ?? 0 <= 129)
        #expect(failure.description.utf8.count < 100_000)
        #expect(failure.description.contains("and 480 more"))
        #expect(observed.utf8.count < 2000)
    }

    @Test(
        "Errors: bodies that cannot be read are still errors of their status",
        arguments: [
            Array("{\"errorCode\":\"E000".utf8) + [0xFF, 0xC0, 0xAF],
            Array(repeating: UInt8(ascii: "["), count: 1 << 20),
            Array("{\"errorCode\":{\"errorCode\":{}}}".utf8),
            Array("{\"errorCauses\":[[[[1]]],null,{\"errorSummary\":7}]}".utf8),
            [0x1F, 0x8B, 0x08, 0x00], Array(repeating: 0, count: 4096), Array("\u{FEFF}{}".utf8),
        ])
    func unreadableBodyIsAnError(_ body: [UInt8]) async throws {
        let (failure, shown, _) = try await error(502, body, headers: [("X-Okta-Request-Id", "r1")])
        #expect(failure.status?.code == 502)
        #expect(shown.utf8.count < 10_000)
    }

    @Test("Errors: a page or a type that is not JSON is not quoted at length")
    func foreignTypeIsBounded() async throws {
        let (failure, _, _) = try await error(
            200, Array("<html>\u{1B}[2J private-page</html>".utf8),
            headers: [("Content-Type", "text/html; x=\u{1B}[31m" + String(repeating: "y", count: 9000))])
        #expect(!failure.description.contains("private-page") && !failure.description.contains("\u{1B}"))
        #expect(failure.description.count < 600)
    }

    @Test("Errors: an invalid request id is not passed to observers")
    func oddRequestIDIsNotObserved() async throws {
        for id in [
            Self.token, "x" + Self.token, String(Self.token.prefix(20)), "a b", String(repeating: "a", count: 41),
        ] {
            let (_, _, observed) = try await error(500, okta("x"), headers: [("X-Okta-Request-Id", id)])
            #expect(!observed.contains(id), "\(id)")
        }
        let (_, _, observed) = try await error(
            500, okta("x"), headers: [("X-Okta-Request-Id", "X0f4Dqe0ikvd@6cIht5-jgAAAcU")])
        #expect(observed.contains("X0f4Dqe0ikvd@6cIht5-jgAAAcU"))
    }

    @Test("Errors: links and messages of the transport are escaped too")
    func otherTextsAreEscaped() async throws {
        let transport = StubTransport { _, _ in
            .stub(200, #"{"items":[],"_links":{"next":{"href":"https://acme.okta.com/x\u001b[2J\n?after=1"}}}"#)
        }
        let client = try transport.client()
        let error = await #expect(throws: OktaError.self) { try await client.pages("/api/v1/items").collect() }
        #expect(error?.description.contains("\u{1B}") == false && error?.description.contains("\n") == false)
        let own = TransportError(.other, detail: "bad\u{1B}[2J\nthing" + String(repeating: "x", count: 9000))
        #expect(!own.description.contains("\u{1B}") && own.description.count < 1100)
    }
}
