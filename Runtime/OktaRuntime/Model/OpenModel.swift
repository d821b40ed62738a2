/// A model whose members the organization can extend, such as a user profile: beside the typed properties every member
/// can be reached by name.
public protocol OpenModel: OktaModel {}

extension OpenModel {
    /// The member of this name; null reads as `.null`, nil removes it.
    public subscript(key: String) -> JSON? {
        get { json[key] }
        set { json[key] = newValue }
        _modify { yield &json[key] }
    }
}
