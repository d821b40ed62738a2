#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension OktaRequest {
    /// The same request for a list that begins at a time.
    ///
    /// - Parameters:
    ///   - date: The time.
    ///   - parameter: The query parameter for the time. An existing value is replaced, and a cursor, which excludes it,
    ///     is removed.
    func beginning(at date: Date, parameter: String) -> OktaRequest {
        let query = target.dropFirst(pathOnly.count + 1)
        let replaced = [parameter, "after"].map(PercentEncoding.encode)
        let kept = query.split(separator: "&").filter { part in
            !replaced.contains(String(part.prefix { $0 != "=" }))
        }
        var request = self
        request.path = RequestPath(encoded: pathOnly, template: path.template, fault: path.fault)
        request.query = RequestQuery(encoded: kept.joined(separator: "&"))
        request.query.append(parameter, .date(date))
        return request
    }
}
