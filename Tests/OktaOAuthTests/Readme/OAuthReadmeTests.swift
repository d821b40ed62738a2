import Foundation
import Testing

/// What the README says of signing in as an app is so.
@Suite struct OAuthReadmeTests {
    private func text(of path: String) throws -> String {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test("README (OAuth): the examples are those that are compiled here") func theExamplesAreThoseThatAreCompiled()
        throws
    {
        let readme = try text(of: "README.md")
        let source = try text(of: "Tests/OktaOAuthTests/Readme/OAuthReadmeExample.swift")
        let examples = source.split(separator: "    // README begin\n").dropFirst()
        #expect(examples.count == 2)
        for example in examples {
            let end = try #require(example.firstRange(of: "    // README end"))
            let lines = example[..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
            #expect(readme.contains(lines.map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }.joined(separator: "\n")))
        }
    }

    @Test("README (OAuth): the example is valid") func theExampleIsValid() throws {
        #expect("\(try oauthReadmeExample(pem: Fixture.key("rsa-pkcs8")))" == "OktaClient(https://acme.okta.com)")
    }
}
