import YAML

/// Compares the content of the files of two catalogs where their descriptions do not differ.
enum FileComparison {
    static func compare(in context: inout ComparisonContext) {
        for name in Set(context.old.files.keys).union(context.new.files.keys).sorted() {
            let (old, new) = (context.old.files[name], context.new.files[name])
            var site = ChangeSite(name, old: old?.location, new: new?.location)
            site.operation = nil
            var (left, right) = (Remarks(), Remarks())
            for entry in old?.entries ?? [] { left.add(UnmodelledValue(entry.value), under: entry.name) }
            for entry in new?.entries ?? [] { right.add(UnmodelledValue(entry.value), under: entry.name) }
            RemarksComparison(site: site, direction: []).compare(left, right, in: &context)
        }
    }
}
