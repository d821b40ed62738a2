/// A model that the organization can extend, such as a user profile. Its typed properties cover the documented members;
/// a subscript reads and writes any member by name.
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
    /// The member with this name; null reads as `.null`. Writing nil follows ``OktaModel``: it sets null where there is
    /// a value, and changes nothing elsewhere.
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
            // Moves the value out and leaves null, which is what nil writes. The value then has a single owner, and a
            // change copies nothing.
            var value = json.takeMember(key)
            defer { if let value { json[key] = value } }
            yield &value
        }
    }

    /// Sets the member with this name to null, which is sent.
    public mutating func setNull(_ key: String) {
        json[key] = JSON.null
    }

    /// Removes the member with this name; nothing is sent for it.
    public mutating func leaveOut(_ key: String) {
        json[key] = nil
    }

    /// Whether the member with this name is present and null.
    public func isNull(_ key: String) -> Bool {
        json[key]?.kind == .null
    }
}
