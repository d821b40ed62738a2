import OktaCatalog
import YAML

/// What an API is, as one input states it: the common form in which documents and catalogs are compared.
///
/// Types are held by number, so that a type may refer to itself and two descriptions share nothing.
public struct APIDescription: Sendable {
    /// The operations, in the order of the input.
    var operations: [OperationDescription] = []
    /// The types; a ``TypeUse`` refers to one by its index.
    var shapes: [Shape] = []
    /// The types that callers name, where names are part of what is described.
    var declared: [String: Int] = [:]
    /// The hash of all that the input says, also of what no rule looks at.
    public internal(set) var content: String
    /// Where the input begins.
    var location: SourceLocation?

    /// The same facts without words, which two sides may each write in their own way.
    func withoutWords() -> APIDescription {
        var result = self
        for index in result.operations.indices { result.operations[index].text = TextDigest() }
        for index in result.operations.indices {
            for parameter in result.operations[index].parameters.indices {
                result.operations[index].parameters[parameter].text = TextDigest()
            }
        }
        for index in result.shapes.indices {
            result.shapes[index].text = TextDigest()
            for field in result.shapes[index].fields.indices {
                result.shapes[index].fields[field].use.text = TextDigest()
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
    /// Okta's category, in lower case.
    var tag: String?
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
    var text: TextDigest
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
    var text: TextDigest
    var location: SourceLocation
}

/// What is sent.
struct BodyDescription: Sendable {
    var isRequired: Bool
    var media: [MediaDescription]
    var text: TextDigest
    var location: SourceLocation
}

/// What comes back under one status.
struct ResponseDescription: Sendable {
    var status: String
    var media: [MediaDescription]
    var text: TextDigest
    var location: SourceLocation
}

/// Content of one media type.
struct MediaDescription: Sendable {
    var name: String
    /// The content's type; nil when nothing is said of it.
    var use: TypeUse?
    var text: TextDigest
}
