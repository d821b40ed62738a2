/// How closely an operation follows a real org.
public enum Fidelity: String, Sendable, CaseIterable {
    /// Hand-written behavior.
    case full
    /// Objects are stored and read by the catalog's paths and models; the service's rules are not applied.
    case shape
}

/// An operation of an org: a method, a path, and its behavior.
struct Operation: Sendable {
    typealias Run = @Sendable (Call, inout OrgState) throws(OrgFault) -> OrgResponse

    var method: String
    /// The path, with placeholders in braces. Their names have no meaning.
    var path: String
    var fidelity = Fidelity.full
    var run: Run
    /// The method and the path, such as `GET /api/v1/users/{userId}`.
    let name: String

    init(_ method: String, _ path: String, fidelity: Fidelity = .full, _ run: @escaping Run) {
        self.method = method
        self.path = path
        self.fidelity = fidelity
        self.run = run
        name = "\(method) \(path)"
    }

    /// Returns the path without placeholder names, which identifies an operation.
    static func normal(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("{") ? "/{}" : "/" + $0 }.joined()
    }
}
