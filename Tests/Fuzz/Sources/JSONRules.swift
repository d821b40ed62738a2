import Foundation
import Okta

/// The invariants of the JSON parser for any input.
struct JSONRules {
    let bytes: [UInt8]

    func check() {
        // The limits are small, so that inputs reach them.
        let limits = JSON.Limits(maximumDepth: 64, maximumBytes: 1 << 16)
        do {
            let json = try JSON(parsing: bytes, limits: limits)
            require(json.bytes == bytes, "an untouched document is written as it was received")
            require(String(validating: bytes, as: UTF8.self) != nil, "what is accepted is UTF-8")
            rebuild(json)
            edit(json)
            read(json)
        } catch {
            require(error.offset <= bytes.count, "a fault lies within the input")
            require(!error.description.isEmpty, "a fault is described")
        }
    }

    /// A value composed of its parts is equal, and remains equal after writing and parsing.
    private func rebuild(_ json: JSON) {
        let copy = deepCopy(json)
        require(copy == json, "a copy is equal")
        require(copy.hashValue == json.hashValue, "equal values hash alike")
        guard let parsed = try? JSON(parsing: copy.bytes) else { return require(false, "what is written is JSON") }
        require(parsed == json, "what is written means the same")
    }

    private func deepCopy(_ json: JSON) -> JSON {
        switch json.kind {
        case .object: JSON(members: (json.members ?? []).map { ($0.key, deepCopy($0.value)) })
        case .array: JSON((json.elements ?? []).map(deepCopy))
        case .string: JSON(json.string ?? "")
        case .boolean: JSON(json.bool ?? false)
        case .null, .number: json
        }
    }

    /// A change is applied, and everything else is preserved.
    private func edit(_ json: JSON) {
        var edited = json
        if let key = json.members?.first?.key {
            edited[key] = nil
            require(edited[key] == nil, "a member that was removed is gone")
        }
        edited["added"] = ["a", 1, nil]
        require(edited["added"]?.count == 3, "a member that was set is there")
        guard let parsed = try? JSON(parsing: edited.bytes) else { return require(false, "an edited document is JSON") }
        require(parsed == edited, "an edited document reads back")
    }

    /// Typed reads of any value neither trap nor contradict its kind.
    private func read(_ json: JSON) {
        let model = User(json: json)
        _ = (
            model.id, model.status, model.created, model.profile?.login, model.credentials?.emails,
            "\(model)"
        )
        _ = ModelSchema.okta.issues(in: json, as: "User")
        visit(json)
    }

    private func visit(_ json: JSON) {
        require((json.numberText != nil) == (json.kind == .number), "a number has a text")
        if let int = json.int { require(JSON(int) == json, "an integer is the number it was read from") }
        _ = (
            json.double, Date.init(lenient: json), OktaDuration(lenient: json)?.duration,
            OktaBase64(lenient: json)?.bytes
        )
        for element in json.elements ?? [] { visit(element) }
        for (_, value) in json.members ?? [] { visit(value) }
    }

    private func require(_ condition: Bool, _ rule: String) {
        guard condition else { preconditionFailure("broken rule: \(rule)") }
    }
}
