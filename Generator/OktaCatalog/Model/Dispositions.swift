/// What `upstream.yaml` says of the operations in Okta's document: which are left out, and why.
///
/// An operation that an action stands for is covered; that follows from the catalog and is not repeated here.
public struct Dispositions: Sendable, Hashable {
    /// Operations that are left out for one reason.
    public struct Ignored: Sendable, Hashable {
        /// Why no action stands for them.
        public var reason: Located<String>
        /// The operations.
        public var operations: [Located<OperationIdentity>]
    }

    /// The file's name in the catalog's folder.
    static let fileName = "upstream.yaml"

    /// Operations that `okta-generator update` is to make actions of.
    public struct Cover: Sendable, Hashable {
        /// The category that the actions go to.
        public var category: Located<String>
        /// The operations.
        public var operations: [Located<OperationIdentity>]
    }

    /// What the document calls its release. A label for readers: it has gone backwards before.
    public var release: Located<String>
    /// The hash of the document's canonical content, which identifies it.
    public var content: Located<String>
    /// Operations that are left out on purpose.
    public var ignored: [Ignored]
    /// Operations that get an action with the next update.
    public var cover: [Cover]
    /// Operations that nobody has decided on.
    public var toDo: [Located<OperationIdentity>]
    /// Operations of actions that the document does not have any more.
    public var gone: [Located<OperationIdentity>]
    /// The file's path, as it should be shown.
    public var path: String
}
