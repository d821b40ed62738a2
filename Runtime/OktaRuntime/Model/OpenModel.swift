/// A model whose members the organization can extend, such as a user profile: beside the typed properties every member
/// can be reached by name.
///
/// ```swift
/// profile["badge"] = "4711"
/// profile["badge"]?.string
/// ```
public protocol OpenModel: OktaModel {
    /// The object as it was received or will be sent.
    var json: JSON { get set }
}

extension OpenModel {
    /// The member of this name; null reads as `.null`. What nil writes is said at ``OktaModel``: null where there is a value,
    /// nothing elsewhere.
    public subscript(key: String) -> JSON? {
        get { json[key] }
        set {
            if let newValue {
                json[key] = newValue
            } else if json[key] != nil {
                json[key] = JSON.null
            }
        }
        _modify {
            // Leaves null in its place, which is what nil writes; then it has one owner, and a change copies nothing.
            var value = json.takeMember(key)
            defer { if let value { json[key] = value } }
            yield &value
        }
    }

    /// Sets the member of this name to null, which is sent.
    public mutating func setNull(_ key: String) {
        json[key] = JSON.null
    }

    /// Removes the member of this name: nothing of it is sent.
    public mutating func leaveOut(_ key: String) {
        json[key] = nil
    }

    /// Whether the member of this name is there and null.
    public func isNull(_ key: String) -> Bool {
        json[key]?.kind == .null
    }
}
