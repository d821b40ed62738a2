import OktaCatalog
import YAML

/// What an API is, as one input states it: the common form in which documents and catalogs are compared.
///
/// It is a normal form: inputs of the same meaning have the same description, and all that an input means is in it, be it
/// as a fact that a rule knows or under ``Remarks``. Types are held by number, so that a type may refer to itself and two
/// descriptions share nothing.
public struct APIDescription: Sendable {
    /// The operations, in the order of the input.
    var operations: [OperationDescription] = []
    /// The types; a ``TypeUse`` refers to one by its index.
    var shapes: [Shape] = []
    /// The types that callers name, where names are part of what is described.
    var declared: [String: Int] = [:]
    /// What the input says of the API as a whole.
    var remarks = Remarks()
    /// The hash of all that the input says, also of what means nothing.
    public internal(set) var content: String
    /// The text of a document, in which places are found.
    var text: DocumentText?
    /// The files of a catalog, of which not all that they say is described.
    var files: [String: YAMLNode] = [:]

    init(content: String) {
        self.content = content
    }

    /// What is said of a type at a place and by the type itself.
    func flags(of use: TypeUse) -> TypeFlags { use.flags.union(shapes[use.shape].flags) }

    func lifecycle(of use: TypeUse) -> String { use.lifecycle ?? shapes[use.shape].lifecycle ?? "GA" }

    func limits(of use: TypeUse) -> Limits {
        var limits = use.limits
        limits.add(shapes[use.shape].limits)
        return limits
    }

    func remarks(of use: TypeUse) -> Remarks {
        var remarks = use.remarks
        let inner = shapes[use.shape].remarks
        remarks.words.add(behind: inner.words)
        for (key, facets) in inner.rest { remarks.rest[key, default: []] += facets }
        return remarks
    }

    /// The same facts without words, which two sides may each write in their own way.
    func withoutWords() -> APIDescription {
        var result = self
        for index in result.operations.indices {
            result.operations[index].remarks = Remarks()
            for parameter in result.operations[index].parameters.indices {
                result.operations[index].parameters[parameter].remarks = Remarks()
            }
        }
        for index in result.shapes.indices {
            result.shapes[index].remarks = Remarks()
            for field in result.shapes[index].fields.indices {
                result.shapes[index].fields[field].use.remarks = Remarks()
            }
        }
        return result
    }
}

/// One operation.
struct OperationDescription: Sendable {
    var identity: OperationIdentity
    /// The path as the input writes it.
    var path: String
    /// What it is called in reports: method and path, or the symbol of the library.
    var symbol: String
    /// The library's group; nil in Okta's document.
    var group: String?
    /// Names that the action had before and that go on working, as symbols.
    var formerSymbols: [String] = []
    /// Okta's categories, in lower case.
    var tags: [String] = []
    /// Okta's id.
    var operationID: String?
    var parameters: [ParameterDescription] = []
    var body: BodyDescription?
    var responses: [ResponseDescription] = []
    /// The OAuth 2.0 scopes and other schemes that permit it.
    var scopes: [String] = []
    var lifecycle: String
    var isDeprecated: Bool
    var isPaged = false
    /// Whether Okta calls it, as it does webhooks.
    var isInbound = false
    var remarks: Remarks
    var location: SourceLocation
}

/// A parameter.
struct ParameterDescription: Sendable {
    /// The name on the wire.
    var name: String
    /// The label in Swift; nil where there is none, and in Okta's document.
    var label: String?
    var place: String
    var use: TypeUse
    var isRequired: Bool
    var remarks: Remarks
    var location: SourceLocation
}

/// What is sent.
struct BodyDescription: Sendable {
    var isRequired: Bool
    var media: [MediaDescription]
    var remarks = Remarks()
    var location: SourceLocation
}

/// What comes back under one status.
struct ResponseDescription: Sendable {
    var status: String
    var media: [MediaDescription]
    var remarks = Remarks()
    var location: SourceLocation
}

/// Content of one media type.
struct MediaDescription: Sendable {
    var name: String
    var use: TypeUse
    var remarks = Remarks()
    var location: SourceLocation
}
