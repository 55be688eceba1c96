#!/bin/sh
# Makes the pictures of docs/figures and docs/deck again, from a template and
# the catalogue's own date, so that the same program gives the same pictures.
# The slides, the page and the sheet need LibreOffice and poppler's pdftoppm;
# without them only the figures are made.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
hostwise=$work/hostwise
CGO_ENABLED=0 "$go" build -buildvcs=false -ldflags "-X main.version=$(sed -n 's/^ *Version *= *"\(.*\)".*/\1/p' FyneApp.toml)" -o "$hostwise" .

case=$work/case.json
"$hostwise" template saas-app >"$case"
today=$(sed -n 's/.*"date": *"\([0-9-]*\)".*/\1/p' assets/catalogue/catalogue.json | head -n 1)
size=1280x720

mkdir -p docs/figures docs/deck
"$hostwise" chart "$case" --figure all --format png --size $size --today "$today" --out docs/figures
for name in monthly-cost memory; do
	"$hostwise" chart "$case" --figure $name --theme dark --size $size --today "$today" --out docs/figures/$name-dark.png
done
"$hostwise" chart "$case" --figure monthly-cost --size $size --today "$today" --out docs/figures/monthly-cost.svg

for program in soffice pdftoppm; do
	command -v $program >/dev/null || {
		echo "docs/deck is left as it is: $program is not installed"
		exit 0
	}
done
for ending in pptx pdf xlsx; do
	"$hostwise" export "$case" --today "$today" --out "$work/$ending.$ending"
done
soffice "-env:UserInstallation=file://$work/office" --headless --convert-to pdf --outdir "$work" "$work/pptx.pptx" "$work/xlsx.xlsx" >/dev/null 2>&1

# page_of FILE WORDS: the number of the first page that says these words.
page_of() {
	number=1
	while pdftotext -f $number -l $number "$1" "$work/words.txt" 2>/dev/null; do
		if grep -q "$2" "$work/words.txt"; then
			echo $number
			return
		fi
		number=$((number + 1))
	done
	echo "no page says $2" >&2
	exit 1
}
# page FILE WORDS NAME WIDTH: that page as docs/deck/NAME.png.
page() {
	number=$(page_of "$1" "$2")
	pdftoppm -png -singlefile -f "$number" -l "$number" -scale-to-x "$4" -scale-to-y -1 "$1" "docs/deck/$3"
}
page "$work/pptx.pdf" 'is the cheapest' slide-answer 1280
page "$work/pptx.pdf" 'Monthly cost by calls a month' slide-monthly-cost 1280
page "$work/pptx.pdf" 'What would be bought' slide-bought 1280
page "$work/pptx.pdf" 'What to recheck before procurement' slide-recheck 1280
page "$work/pdf.pdf" 'is the cheapest' report-page 1000
# A sheet is wider than a picture: the upper left of it, where the costs are.
number=$(page_of "$work/xlsx.pdf" 'Costs by route')
pdftoppm -png -singlefile -f "$number" -l "$number" -r 220 -x 60 -y 200 -W 1280 -H 720 "$work/xlsx.pdf" docs/deck/workbook-costs
