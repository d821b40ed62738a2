import OktaRuntime

/// Checks of bodies that many kinds share, with Okta's messages.
enum Checks {
    /// Returns the message for a missing or empty field.
    static func blank(_ field: String) -> String { "\(field): The field cannot be left blank" }

    /// Throws unless a text is present, not empty and not too long.
    @discardableResult
    static func text(_ field: String, of json: JSON, maximum: Int? = nil) throws(OrgFault) -> String {
        let name = field.split(separator: ".").last.map(String.init) ?? field
        guard let value = json[path: field], value.kind != .null else { throw .invalid(name, blank(name)) }
        guard let text = value.string else { throw .malformedBody }
        guard !text.isEmpty else { throw .invalid(name, blank(name)) }
        if let maximum, text.count > maximum {
            throw .invalid(name, "\(name): The field is too long: at most \(maximum) characters are allowed")
        }
        return text
    }

    /// Throws unless the name is present.
    static func name(_ json: JSON, maximum: Int? = nil) throws(OrgFault) {
        try text("name", of: json, maximum: maximum)
    }

    /// Throws unless the text is one of the given values.
    static func choice(_ field: String, of json: JSON, _ values: [String]) throws(OrgFault) {
        let name = field.split(separator: ".").last.map(String.init) ?? field
        let text = try text(field, of: json)
        guard values.contains(text) else {
            throw .invalid(name, "\(name): The value must be one of \(values.joined(separator: ", "))")
        }
    }

    /// Throws if another object of the kind has the same value.
    static func unique(
        _ field: String, of json: JSON, _ change: Resource.Change, kind: String, _ org: OrgState
    ) throws(OrgFault) {
        guard let value = json[path: field], value.kind != .null else { return }
        let taken = org.tables[kind, of: change.parent].all.contains { id, other in
            id != change.id && other[path: field] == value
        }
        if taken {
            throw .invalid(field, "\(field): An object with this field already exists in the current organization")
        }
    }

    /// Returns the error for the deletion of an active object.
    static func activeDeletion(_ kind: String) -> OrgFault {
        .invalid(kind, "\(kind): Only an inactive object can be deleted. Deactivate it first.")
    }
}
