import OktaCatalog
import YAML

/// Compares the request bodies of an operation.
struct BodyComparison {
    let operation: OperationComparison

    func compare(in context: inout ComparisonContext) {
        let site = operation.site
        switch (operation.old.body, operation.new.body) {
        case (nil, nil): break
        case (nil, let body?):
            context.report(
                body.isRequired ? RequestBodyRules.requiredAdded : RequestBodyRules.added, site.at(new: body.location))
        case (let body?, nil):
            context.report(RequestBodyRules.removed, site.at(old: body.location))
        case (let left?, let right?):
            let place = site.at(old: left.location, new: right.location)
            if left.isRequired != right.isRequired {
                context.report(right.isRequired ? RequestBodyRules.required : RequestBodyRules.optional, place)
            }
            RemarksComparison(site: place, direction: operation.sent, prefix: "requestBody/").compare(
                left.remarks, right.remarks, in: &context)
            MediaComparison(
                added: RequestBodyRules.mediaAdded, removed: RequestBodyRules.mediaRemoved, site: place,
                part: "request", direction: operation.sent
            ).compare(left.media, right.media, arguments: [], in: &context)
        }
    }
}

/// Compares the responses of an operation.
struct ResponseComparison {
    let operation: OperationComparison

    func compare(in context: inout ComparisonContext) {
        let (old, new) = (operation.old, operation.new)
        for left in old.responses {
            let status = Change.Argument("status", left.status)
            guard let right = new.responses.first(where: { $0.status == left.status }) else {
                context.report(
                    ResponseRules.removed, operation.site.at(old: left.location, new: new.location), [status])
                continue
            }
            let place = operation.site.at(old: left.location, new: right.location)
            RemarksComparison(site: place, direction: operation.received, prefix: "responses/\(left.status)/").compare(
                left.remarks, right.remarks, in: &context)
            MediaComparison(
                added: ResponseRules.mediaAdded, removed: ResponseRules.mediaRemoved, site: place, part: left.status,
                direction: operation.received
            ).compare(left.media, right.media, arguments: [status], in: &context)
        }
        for right in new.responses where !old.responses.contains(where: { $0.status == right.status }) {
            context.report(
                ResponseRules.added, operation.site.at(old: old.location, new: right.location),
                [.init("status", right.status)])
        }
    }
}

/// Compares the content of a body or a response by media type.
private struct MediaComparison {
    let added: DriftRule
    let removed: DriftRule
    let site: ChangeSite
    /// The part that has the content: `request`, or a status.
    let part: String
    let direction: PairGraph.Direction

    func compare(
        _ left: [MediaDescription], _ right: [MediaDescription], arguments: [Change.Argument],
        in context: inout ComparisonContext
    ) {
        for before in left {
            guard let after = right.first(where: { $0.name == before.name }) else {
                context.report(removed, site, arguments + [.init("media", before.name)])
                continue
            }
            RemarksComparison(site: site, direction: direction, prefix: "\(part)/\(before.name)/").compare(
                before.remarks, after.remarks, in: &context)
            let place = site.named("\(site.subject) \(part)")
            TypeComparison(site: place, direction: direction).compare(before.use, after.use, in: &context)
            context.pair(
                before.use, after.use, subject: place.subject, operation: site.operation, direction: direction)
        }
        for after in right where !left.contains(where: { $0.name == after.name }) {
            context.report(added, site, arguments + [.init("media", after.name)])
        }
    }
}
