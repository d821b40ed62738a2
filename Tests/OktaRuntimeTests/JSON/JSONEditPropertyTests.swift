import OktaRuntime
import Testing

@Suite("JSON: random edits against a naive reference", .longCalculation)
struct JSONEditPropertyTests {
    @Test("JSON editing: edits give the result of the reference implementation", arguments: 0..<10)
    func editsDoWhatTheReferenceDoes(seed: Int) throws {
        var generator = RandomJSON(seed: 6000 + seed)
        for _ in 0..<12 {
            var reference = generator.container()
            var json = try JSON(parsing: generator.spell(reference))
            for _ in 0..<8 {
                let untouched = json
                let bytes = json.bytes
                let path = Self.path(into: reference, &generator)
                let value = generator.random.oneIn(4) ? nil : generator.value()
                let spelled = try value.map { try JSON(parsing: generator.spell($0)) }
                reference.edit(path[...], value)
                Self.edit(&json, path[...], spelled)
                #expect(reference.matches(json), "\(JSON.Path(path)) in \(String(decoding: bytes, as: UTF8.self))")
                let reparsed = try JSON(parsing: json.bytes)
                #expect(reference.matches(reparsed))
                #expect(reparsed == json)
                #expect(reparsed.hashValue == json.hashValue)
                // A copy made before the edit does not see it.
                #expect(untouched.bytes == bytes)
            }
        }
    }

    @Test("JSON editing: other parts keep their bytes", arguments: 0..<8)
    func partsBesideTheEditKeepTheirBytes(seed: Int) throws {
        var generator = RandomJSON(seed: 7000 + seed)
        for _ in 0..<25 {
            let part = generator.spell(generator.container())
            var json = try JSON(parsing: "{\"left\":[\(part),1,[ 2 ]],\"x\":{\"y\":0}}")
            let left = json["left"]?.bytes
            json["x"]?["y"] = try generator.container().built()
            json["x"]?["z"] = nil
            #expect(json["left"]?.bytes == left)
            let inner = json["left"]?[0]?.bytes
            json["left"]?[1] = "edited"
            #expect(json["left"]?[0]?.bytes == inner)
            #expect(json["left"]?[2]?.text == "[ 2 ]")
        }
    }

    /// A walk down from the root that ends at a member or an element: one that exists, a new one, or one out of range.
    private static func path(into value: ReferenceJSON, _ generator: inout RandomJSON) -> [JSON.Path.Step] {
        switch value {
        case .array(let elements):
            let index = Int.random(in: -1...elements.count, using: &generator.random)
            let isInside = elements.indices.contains(index) && !generator.random.oneIn(3)
            return [.index(index)] + (isInside ? path(into: elements[index], &generator) : [])
        case .object(let members):
            let key = generator.random.pick(members.map(\.key) + [generator.key()], or: "a")
            let child = generator.random.oneIn(3) ? nil : value[key]
            return [.key(key)] + (child.map { path(into: $0, &generator) } ?? [])
        default:
            return []
        }
    }

    /// The edit as nested access in place, as in `json["a"]?[0]?["b"] = value`.
    private static func edit(_ json: inout JSON, _ path: ArraySlice<JSON.Path.Step>, _ value: JSON?) {
        switch (path.first, path.count) {
        case (.key(let key), 1): json[key] = value
        case (.index(let index), 1): json[index] = value
        case (.key(let key), _): edit(child: &json[key], path.dropFirst(), value)
        case (.index(let index), _): edit(child: &json[index], path.dropFirst(), value)
        case (nil, _): break
        }
    }

    private static func edit(child: inout JSON?, _ path: ArraySlice<JSON.Path.Step>, _ value: JSON?) {
        guard var inner = child else { return }
        child = nil
        edit(&inner, path, value)
        child = inner
    }
}
