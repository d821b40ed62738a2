import Testing

@testable import OktaRuntime

@Suite struct PathInterpolationTests {
    private enum Part {
        case literal(String)
        case value(String)
    }

    private static let parts: [Part] =
        ["/", "/a", "/.", ".", "//", "%2", "a?b=", "{"].map(Part.literal)
        + ["a", "e", ".", "..", "...", "", "/"].map(Part.value)

    private func interpolation(_ parts: [Part]) -> RequestPath.StringInterpolation {
        var interpolation = RequestPath.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        for part in parts {
            switch part {
            case .literal(let text): interpolation.appendLiteral(text)
            case .value(let text): interpolation.appendInterpolation(text)
            }
        }
        return interpolation
    }

    /// All sequences of a few literals and values, in which dots, slashes and escapes meet.
    @Test("Request path: a path with ordinary literals passes the complete check")
    func ordinaryPathsAreValid() {
        var sequences: [[Part]] = [[.literal("/")], [.literal("/a")]]
        for _ in 0..<3 { sequences = sequences.flatMap { head in Self.parts.map { head + [$0] } } }
        var ordinary = 0
        for parts in sequences {
            let path = interpolation(parts)
            guard path.isOrdinary else { continue }
            ordinary += 1
            let checked = RequestPath(encoded: path.encoded, template: path.template, fault: path.fault)
            let isSame = checked.fault == nil && checked.template == path.template && checked.encoded == path.encoded
            #expect(isSame, "\(path.encoded) is not ordinary")
        }
        #expect(ordinary > 100)
    }

    @Test("Request path: the parts of a literal are joined in order")
    func partsAreJoined() {
        let path: RequestPath = "/api/v1/groups/\("00g/1")/users/\("ada@example.com")"
        #expect(path.encoded == "/api/v1/groups/00g%2F1/users/ada%40example.com")
        #expect(path.template == "/api/v1/groups/{}/users/{}")
        #expect(interpolation([.literal("/users/"), .value("00u1"), .literal("/groups")]).isOrdinary)
        #expect(RequestPath(stringInterpolation: interpolation([])).fault != nil)
    }
}
