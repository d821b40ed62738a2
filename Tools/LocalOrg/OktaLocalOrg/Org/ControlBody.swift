import OktaRuntime

/// The bodies of calls below `/_local/`. Unknown members and values of another type are errors, since the call would
/// otherwise not do what the test intends.
enum ControlBody {
    /// An error in a body, with what to change.
    struct Fault: Error {
        let text: String
    }

    /// The members of bodies and their JSON kinds, by the first segment of the call's path.
    private static let members: [String: [String: [JSON.Kind]]] = [
        "clock": ["advance": [.number]],
        "devices": ["login": [.string, .null]],
        "expectations": [
            "request": [.string], "times": [.number], "query": [.object], "status": [.number],
            "body": [.null, .boolean, .number, .string, .array, .object],
        ],
        "factors": ["accept": [.boolean]],
        "faults": [
            "kind": [.string], "method": [.string], "path": [.string], "times": [.number, .null],
            "percent": [.number], "milliseconds": [.number],
        ],
        "limits": ["enforced": [.boolean], "scale": [.number], "concurrency": [.number, .null]],
        "search-delay": ["seconds": [.number]],
        "seed": ["users": [.number], "objects": [.object]],
    ]

    /// Parses a body. An empty body is `{}`.
    static func read(_ bytes: [UInt8], of call: String?) throws(Fault) -> JSON {
        guard bytes.contains(where: { $0 > UInt8(ascii: " ") }), let known = call.flatMap({ members[$0] }) else {
            return .emptyObject
        }
        let body: JSON
        do throws(JSON.ParseError) {
            body = try JSON(parsing: bytes)
        } catch {
            throw Fault(text: "the body must be JSON: \(error)")
        }
        guard let found = body.members else { throw Fault(text: "the body must be a JSON object") }
        for (name, value) in found {
            guard let kinds = known[name] else {
                throw Fault(text: "'\(name)' is unknown here; known are \(known.keys.sorted().joined(separator: ", "))")
            }
            guard kinds.contains(value.kind) else {
                throw Fault(text: "'\(name)' must be \(kinds.map(\.description).joined(separator: " or "))")
            }
        }
        return body
    }
}
