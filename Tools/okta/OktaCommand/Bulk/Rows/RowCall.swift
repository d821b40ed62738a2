internal import HTTPTypes
package import OktaRuntime
internal import Synchronization

/// The call of one row. It is complete except for the current object if fields are set in it.
package struct RowCall: Sendable {
    /// The action.
    package var action: CommandAction
    /// The values of the action's parameters, by name in the API.
    package var values: [String: String]
    /// The body; nil if there is none.
    package var body: JSON?
    /// The fields to set in the current object, which is then sent as a whole.
    package var assignments: [FieldAssignment]

    package init(
        _ action: CommandAction, values: [String: String], body: JSON? = nil, assignments: [FieldAssignment] = []
    ) {
        self.action = action
        self.values = values
        self.body = body
        self.assignments = assignments
    }

    /// The call with its body, without the current object.
    package var call: ActionCall {
        ActionCall(action, values: values, body: body.map { .json($0) } ?? .none)
    }

    /// Returns the call with fields set in the current object.
    package func call(onto present: JSON?, _ context: ProgramContext) throws(CommandFailure) -> ActionCall {
        guard !assignments.isEmpty else { return call }
        let body = try BodyBuilder(action, context).body(BodyArguments(assignments: assignments), present: present)
        return ActionCall(action, values: values, body: body)
    }

    /// The path with its values, for output.
    package var target: String {
        action.path.segments.map { segment in
            switch segment {
            case .literal(let text): "/\(text)"
            case .value(let name): "/\(values[name] ?? "")"
            }
        }.joined()
    }

    /// A key that two rows must not share: they would repeat a call, or change one object twice in an undefined order.
    package var key: String {
        let method = action.descriptor.method?.rawValue ?? ""
        // Logins are case-insensitive.
        let place = target.split(separator: "/").map { $0.contains("@") ? $0.lowercased() : String($0) }
        let line = "\(method) /\(place.joined(separator: "/"))"
        switch action.change {
        case .update, .transition: return line
        default: guard method == "POST" || action.isReading else { return line }
        }
        let others = values.filter { !action.path.names.contains($0.key) }.sorted { $0.key < $1.key }
        let rest = others.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let fields = assignments.map { "\($0)" }.joined()
        return line + " " + TextDigest.of(rest + "\n" + (body?.text ?? "") + "\n" + fields)
    }
}

extension RowCall {
    /// The call in its journal form, and whether secrets were left out.
    package var stored: (json: JSON, hadSecrets: Bool) {
        var json: JSON = [
            "action": JSON("\(action.category)/\(action.name)"),
            "values": JSON(members: values.sorted { $0.key < $1.key }.map { ($0.key, JSON($0.value)) }),
        ]
        var had = false
        if let body {
            json["body"] = SecretMask.requests.masked(body)
            had = SecretMask.requests.hasSecrets(body)
        }
        if !assignments.isEmpty {
            json["set"] = JSON(
                assignments.map { field in
                    let isSecret = field.path.contains(where: SecretMask.requests.isSecret)
                    had = had || isSecret
                    return Self.json(field, text: isSecret ? SecretMask.requests.mark : field.text)
                })
        }
        return (json, had)
    }

    /// The complete call with its secrets.
    package var whole: JSON {
        var json = stored.json
        if let body { json["body"] = body }
        if !assignments.isEmpty { json["set"] = JSON(assignments.map { Self.json($0, text: $0.text) }) }
        return json
    }

    /// Reads ``stored`` or ``whole``.
    package init(_ json: JSON) throws(CommandFailure) {
        let parts = json["action"]?.string?.split(separator: "/").map(String.init) ?? []
        guard parts.count == 2 else { throw CommandFailure(.refused, "a row of the journal has no action") }
        action = try ActionLookup.action(parts[0], parts[1])
        values = [:]
        for (name, value) in json["values"]?.members ?? [] { values[name] = value.string }
        body = json["body"]
        assignments = (json["set"]?.elements ?? []).map { field in
            FieldAssignment(
                path: field["path"]?.elements?.compactMap(\.string) ?? [], text: field["text"]?.string ?? "",
                isJSON: field["json"]?.bool ?? false)
        }
    }

    private static func json(_ field: FieldAssignment, text: String) -> JSON {
        ["path": JSON(field.path.map { JSON($0) }), "text": JSON(text), "json": JSON(field.isJSON)]
    }
}

/// A cache of the actions in rows.
private enum ActionLookup {
    private static let known = Mutex<[String: CommandAction]>([:])

    static func action(_ category: String, _ name: String) throws(CommandFailure) -> CommandAction {
        let key = "\(category)/\(name)"
        if let action = known.withLock({ $0[key] }) { return action }
        let action = try CommandCatalog.all.category(category).action(named: name)
        known.withLock { $0[key] = action }
        return action
    }
}

/// A short digest that different texts do not share by chance: FNV-1a, twice 64 bits.
enum TextDigest {
    static func of(_ text: String) -> String {
        var (first, second): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x9ae1_6a3b_2f90_404f)
        for byte in text.utf8 {
            first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
            second = (second ^ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15
            second ^= second >> 29
        }
        return String(first, radix: 16) + String(second, radix: 16)
    }
}
