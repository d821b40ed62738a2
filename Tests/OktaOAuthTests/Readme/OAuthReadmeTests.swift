import Foundation
import Testing

/// What the README says of signing in as an app is so.
@Suite struct OAuthReadmeTests {
    private func text(of path: String) throws -> String {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func theExampleIsTheOneThatIsCompiled() throws {
        let source = try text(of: "Tests/OktaOAuthTests/Readme/OAuthReadmeExample.swift")
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(lines.firstIndex { $0.hasSuffix("// README begin") })
        let end = try #require(lines.firstIndex { $0.hasSuffix("// README end") })
        let example = lines[(begin + 1)..<end].map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }
            .joined(separator: "\n")
        #expect(try text(of: "README.md").contains(example))
    }

    @Test func theExampleIsValid() throws {
        #expect("\(try oauthReadmeExample(pem: Fixture.key("rsa-pkcs8")))" == "OktaClient(https://acme.okta.com)")
    }
}
