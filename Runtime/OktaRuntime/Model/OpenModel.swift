/// A model whose members the organization can extend, such as a user profile: beside the typed properties every member
/// can be reached by name.
public protocol OpenModel: OktaModel {
    /// The object as it was received or will be sent.
    var json: JSON { get set }
}

extension OpenModel {
    /// The member of this name; null reads as `.null`, nil removes it.
    public subscript(key: String) -> JSON? {
        get { json[key] }
        set { json[key] = newValue }
        _modify { yield &json[key] }
    }
}
