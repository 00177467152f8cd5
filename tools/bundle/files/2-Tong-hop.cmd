@echo off
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
title Tổng hợp
pushd "%~dp0"
if exist python\python.exe (
  python\python.exe -X utf8 -m dvk_reports.cli.double_click consolidate
) else (
  echo Chưa giải nén. Bấm chuột phải vào tệp .zip, chọn Extract All, rồi mở lại tệp này trong thư mục đã giải nén.
)
echo.
echo Bấm phím bất kỳ để đóng cửa sổ này.
pause >nul
