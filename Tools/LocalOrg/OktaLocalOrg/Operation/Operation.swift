/// How true an operation is to a real org.
public enum Fidelity: String, Sendable, CaseIterable {
    /// Behaviour written by hand.
    case full
    /// Objects are stored and read back by the catalog's paths and models; rules of the service are not applied.
    case shape
}

/// One operation of an org: a method, a path, and what it does.
struct Operation: Sendable {
    typealias Run = @Sendable (Call, inout OrgState) throws(OrgFault) -> Reply

    var method: String
    /// The path with `{}` for each placeholder; what stands between the braces is free.
    var path: String
    var fidelity = Fidelity.full
    var run: Run
    /// Method and path, such as `GET /api/v1/users/{userId}`.
    let name: String

    init(_ method: String, _ path: String, fidelity: Fidelity = .full, _ run: @escaping Run) {
        self.method = method
        self.path = path
        self.fidelity = fidelity
        self.run = run
        name = "\(method) \(path)"
    }

    /// The path without the names of its placeholders, by which two operations are one.
    static func normal(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("{") ? "/{}" : "/" + $0 }.joined()
    }
}
