import OktaRuntime
import Testing

/// Lookups among similar names, with and without escapes. The last of equal names counts.
@Suite("JSON: look-ups against a naive reference", .longCalculation)
struct JSONLookupPropertyTests {
    @Test("JSON lookup: finds the last member of a name", arguments: 0..<16)
    func theLastMemberOfANameIsFound(seed: Int) throws {
        var generator = RandomJSON(seed: 8000 + seed)
        for _ in 0..<25 {
            let members = (0..<Int.random(in: 0...20, using: &generator.random)).map { _ in
                (key: Self.name(&generator), value: generator.value(depth: 1))
            }
            let reference = ReferenceJSON.object(members)
            let json = try JSON(parsing: generator.spell(reference))
            var names = members.map(\.key) + (0..<20).map { _ in Self.name(&generator) }
            names += names.flatMap { [$0 + "a", String($0.dropLast())] }
            // All lookups share one expectation, because an expectation costs more than a lookup.
            let wrong = names.filter { name in
                guard let expected = reference[name] else { return json[name] != nil }
                return json[name].map { !expected.matches($0) } ?? true
            }
            #expect(wrong.isEmpty, "\(wrong) in \(json)")
        }
    }

    /// Returns names of few letters and many lengths, so that equal names and names with equal length, hash and ends
    /// occur.
    private static func name(_ generator: inout RandomJSON) -> String {
        let length = generator.random.pick([0, 1, 1, 2, 2, 3, 7, 8, 9, 16, 17, 30], or: 1)
        guard length > 16 else {
            return (0..<length).map { _ in generator.random.pick(["a", "b", "\"", "é"], or: "a") }.joined()
        }
        let middle = generator.random.pick(["a", "b", "\n", "é"], or: "a")
        return String(repeating: "x", count: length / 2) + middle + String(repeating: "x", count: length / 2)
    }
}
